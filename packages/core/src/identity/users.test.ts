import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changePassword } from './change-password.ts';
import { createUser } from './create-user.ts';
import { deleteUser } from './delete-user.ts';
import { getUser } from './get-user.ts';
import { listUsers } from './list-users.ts';
import { login } from './login.ts';
import { resolveActor } from './resolve-actor.ts';
import { updateUser } from './update-user.ts';

const ORIGIN = { address: '127.0.0.1', requestId: 'req_1' };
const PASSWORD = 'a sound phrase';
let test: TestCore;

beforeEach(async () => {
  test = await createTestCore();
});
afterEach(() => test.close());

const create = (username = 'ada', role: 'admin' | 'manager' | 'member' = 'member') =>
  createUser(test.core, test.admin, { username, password: PASSWORD, role });

describe('createUser', () => {
  it('creates a user who can sign in', async () => {
    const user = await create();
    expect(await login(test.core, { username: 'ada', password: PASSWORD }, ORIGIN)).toMatchObject({ user });
    const { items } = await test.stores.audit.list({ limit: 10 });
    expect(items.find(({ action }) => action === 'user.created')).toMatchObject({
      target: `user:${user.id}`,
      details: { username: 'ada', role: 'member' },
    });
  });

  it('rejects a taken name, a common password, and callers without the right', async () => {
    await create();
    await expect(create('ADA')).rejects.toMatchObject({ code: 'CONFLICT' });
    const weak = createUser(test.core, test.admin, { username: 'eve', password: 'password123', role: 'member' });
    await expect(weak).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const input = { username: 'eve', password: PASSWORD, role: 'admin' as const };
    const manager = await test.addUser('manager', 'manager');
    await expect(createUser(test.core, manager, input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const key = test.keyActor(['users:write']);
    await expect(createUser(test.core, key, input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

it('listUsers returns users without their password hashes, and requires users:read', async () => {
  await create();
  const { items } = await listUsers(test.core, await test.addUser('manager', 'manager'), { limit: 10 });
  expect(items.map(({ username }) => username).sort()).toEqual(['ada', 'admin', 'manager']);
  expect(JSON.stringify(items)).not.toContain('hash of');
  const member = await test.addUser('member');
  await expect(listUsers(test.core, member, { limit: 10 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

it('getUser returns one user, and requires users:read', async () => {
  const user = await create();
  expect(await getUser(test.core, test.admin, user.id)).toEqual(user);
  await expect(getUser(test.core, test.admin, 'usr_unknown')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const member = await test.addUser('member');
  await expect(getUser(test.core, member, user.id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

describe('updateUser', () => {
  it('ends the sessions of a user whose role changes', async () => {
    const user = await create();
    const { sessionToken } = await login(test.core, { username: 'ada', password: PASSWORD }, ORIGIN);
    expect(await updateUser(test.core, test.admin, { userId: user.id, role: 'manager' })).toMatchObject({
      role: 'manager',
      suspended: false,
    });
    await expect(resolveActor(test.core, sessionToken)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await test.lastAudit()).toMatchObject({
      action: 'user.updated',
      details: { role: 'manager', newPassword: false, revokeKeys: false },
    });
  });

  it('sets a new password, and revokes the keys of the user', async () => {
    const user = await create();
    await updateUser(test.core, test.admin, { userId: user.id, password: 'another sound phrase' });
    const old = login(test.core, { username: 'ada', password: PASSWORD }, ORIGIN);
    await expect(old).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
    await login(test.core, { username: 'ada', password: 'another sound phrase' }, ORIGIN);
    const { items } = await test.stores.audit.list({ limit: 10 });
    expect(items.find(({ action }) => action === 'user.updated')?.details).toMatchObject({ revokeKeys: true });
  });

  it('never leaves the installation without an admin', async () => {
    for (const change of [{ role: 'member' as const }, { suspended: true }]) {
      const update = updateUser(test.core, test.admin, { userId: test.admin.userId, ...change });
      await expect(update).rejects.toMatchObject({ code: 'CONFLICT' });
    }
  });

  it('rejects unknown users, and users with more rights than the caller', async () => {
    const unknown = updateUser(test.core, test.admin, { userId: 'usr_unknown' });
    await expect(unknown).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const key = test.keyActor(['users:write']);
    const promotion = updateUser(test.core, key, { userId: test.admin.userId, suspended: true });
    await expect(promotion).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('deleteUser', () => {
  it('removes the user with their sessions', async () => {
    const user = await create();
    const { sessionToken } = await login(test.core, { username: 'ada', password: PASSWORD }, ORIGIN);
    await deleteUser(test.core, test.admin, user.id);
    await expect(resolveActor(test.core, sessionToken)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await test.lastAudit()).toMatchObject({ action: 'user.deleted', details: { username: 'ada' } });
    await expect(deleteUser(test.core, test.admin, user.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('requires users:write', async () => {
    const user = await create();
    const manager = await test.addUser('manager', 'manager');
    await expect(deleteUser(test.core, manager, user.id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('keeps the last admin', async () => {
    await expect(deleteUser(test.core, test.admin, test.admin.userId)).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('changePassword', () => {
  it('requires the current password, and ends every session', async () => {
    await create();
    const { sessionToken } = await login(test.core, { username: 'ada', password: PASSWORD }, ORIGIN);
    const actor = await resolveActor(test.core, sessionToken);
    const wrong = { current: 'not it', next: 'another sound phrase', revokeKeys: true };
    await expect(changePassword(test.core, actor, wrong)).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
    const weak = { current: PASSWORD, next: 'aaaaaaaaaaaa', revokeKeys: true };
    await expect(changePassword(test.core, actor, weak)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await changePassword(test.core, actor, { current: PASSWORD, next: 'another sound phrase', revokeKeys: true });
    await expect(resolveActor(test.core, sessionToken)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await test.lastAudit()).toMatchObject({ action: 'password.changed', details: { revokeKeys: true } });
  });

  it('is not for API keys', async () => {
    const input = { current: PASSWORD, next: PASSWORD, revokeKeys: true };
    const key = test.keyActor(['*']);
    await expect(changePassword(test.core, key, input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
