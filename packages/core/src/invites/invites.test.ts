import type { Actor } from '@lorebox/contract/actor';
import type { CreateInviteInput } from '@lorebox/contract/invite';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acceptInvite } from './accept-invite.ts';
import { createInvite } from './create-invite.ts';
import { getInvite } from './get-invite.ts';
import { listInvites } from './list-invites.ts';
import { revokeInvite } from './revoke-invite.ts';

const DAY_MS = 86_400_000;
const ORIGIN = { address: '127.0.0.1', requestId: 'req_1' };
const PASSWORD = 'a sound phrase';
let test: TestCore;

beforeEach(async () => {
  test = await createTestCore();
});
afterEach(() => test.close());

const create = (actor: Actor = test.admin, input: Partial<CreateInviteInput> = {}) =>
  createInvite(test.core, actor, { role: 'member', memberships: [], ...input });
const accept = (token: string, username = 'ada') =>
  acceptInvite(test.core, { token, username, password: PASSWORD }, ORIGIN);
const gone = async (token: string) => {
  for (const attempt of [getInvite(test.core, token), accept(token, 'late')])
    await expect(attempt).rejects.toMatchObject({ code: 'NOT_FOUND', message: /Ask for a new one/ });
};

it('creates an account with its memberships, once', async () => {
  const workspace = await test.addWorkspace();
  const { id, token, url } = await create(test.admin, { memberships: [{ workspace: 'demo', role: 'editor' }] });
  expect(url).toBe(`/invite/${token}`);
  expect(await test.lastAudit()).toMatchObject({ action: 'invite.created', target: `invite:${id}` });
  const row = test.connection.raw.prepare('select * from invites').get();
  expect(JSON.stringify(row)).not.toContain(token);
  expect(await getInvite(test.core, token)).toMatchObject({
    role: 'member',
    invitedBy: 'admin',
    workspaces: ['demo'],
  });
  const { user, sessionToken } = await accept(token);
  expect(user).toMatchObject({ username: 'ada', role: 'member' });
  expect(await test.core.security.sessions.validate(sessionToken)).toMatchObject({ userId: user.id });
  expect(await test.stores.workspaces.memberRole(workspace.id, user.id)).toBe('editor');
  expect(await test.lastAudit()).toMatchObject({ action: 'invite.accepted', target: `user:${user.id}` });
  await gone(token);
  expect((await listInvites(test.core, test.admin, { limit: 10 })).items).toMatchObject([
    { id, acceptedBy: 'ada', acceptedAt: test.clock.date, memberships: [{ name: 'demo', role: 'editor' }] },
  ]);
});

it('keeps an invite whose username was taken or whose password is weak', async () => {
  const { token } = await create();
  await expect(accept(token, 'ADMIN')).rejects.toMatchObject({ code: 'CONFLICT' });
  const weak = acceptInvite(test.core, { token, username: 'ada', password: 'password123' }, ORIGIN);
  await expect(weak).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await accept(token);
});

it('of two who accept at the same time, one gets the account', async () => {
  const { token } = await create();
  const results = await Promise.allSettled([accept(token, 'ada'), accept(token, 'eve')]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await test.stores.users.count()).toBe(2);
});

it('skips workspaces that were deleted meanwhile', async () => {
  const workspace = await test.addWorkspace();
  const { token } = await create(test.admin, { memberships: [{ workspace: 'demo', role: 'viewer' }] });
  await test.stores.workspaces.remove(workspace.id);
  expect((await getInvite(test.core, token)).workspaces).toEqual([]);
  await accept(token);
});

describe('a link stops', () => {
  it('when it expires or is revoked', async () => {
    const { token } = await create(test.admin, { expiresAt: new Date(test.clock.now() + 1000) });
    const revoked = await create();
    await revokeInvite(test.core, test.admin, revoked.id);
    expect(await test.lastAudit()).toMatchObject({ action: 'invite.revoked', target: `invite:${revoked.id}` });
    await gone(revoked.token);
    await test.clock.advance(1000);
    await gone(token);
    await gone('unknown');
    await expect(revokeInvite(test.core, test.admin, revoked.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('when its creator may not invite any more', async () => {
    const manager = await test.addUser('manager', 'manager');
    const [first, second] = [await create(manager), await create(manager)];
    const options = { endSessions: true, revokeKeys: false };
    await test.stores.users.update(manager.userId, { suspended: true }, options);
    await gone(first.token);
    await test.stores.users.update(manager.userId, { suspended: false, role: 'member' }, options);
    await gone(first.token);
    await test.stores.users.update(manager.userId, { role: 'manager' }, options);
    await accept(first.token);
    await test.stores.users.remove(manager.userId);
    await gone(second.token);
  });
});

it('managers invite members and managers, but no admins, and members invite nobody', async () => {
  const manager = await test.addUser('manager', 'manager');
  const member = await test.addUser('member');
  await test.addWorkspace();
  await create(manager, { role: 'manager', memberships: [{ workspace: 'demo', role: 'owner' }] });
  await expect(create(manager, { role: 'admin' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const { id } = await create(test.admin, { role: 'admin' });
  await expect(revokeInvite(test.core, manager, id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const inviter = test.keyActor(['users:invite', 'workspaces:read']);
  await expect(create(inviter)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  for (const actor of [member, test.keyActor(['*'], { workspaceId: 'ws_1' })]) {
    await expect(create(actor)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(listInvites(test.core, actor, { limit: 1 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(revokeInvite(test.core, actor, id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  }
});

it('rejects a time in the past or too far away, and unknown workspaces', async () => {
  for (const days of [0, 91])
    await expect(create(test.admin, { expiresAt: new Date(test.clock.now() + days * DAY_MS) })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  const memberships = [{ workspace: 'none', role: 'viewer' as const }];
  await expect(create(test.admin, { memberships })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
