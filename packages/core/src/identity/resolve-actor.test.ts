import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createApiKey } from './create-api-key.ts';
import { getApiKey } from './get-api-key.ts';
import { login } from './login.ts';
import { resolveActor } from './resolve-actor.ts';
import { updateUser } from './update-user.ts';

const ORIGIN = { address: '127.0.0.1', requestId: 'req_1' };
let test: TestCore;

beforeEach(async () => {
  test = await createTestCore();
});
afterEach(() => test.close());

const createKey = (expiresAt: Date | null = null) =>
  createApiKey(test.core, test.admin, {
    name: 'test',
    scopes: ['*'],
    workspaceId: null,
    expiresAt,
    requestsPerMinute: 5,
  });

it('resolves a key to its owner, scopes and limits', async () => {
  const { id, key } = await createKey();
  expect(await resolveActor(test.core, key)).toEqual({
    kind: 'apiKey',
    keyId: id,
    ownerId: test.admin.userId,
    ownerRole: 'admin',
    scopes: ['*'],
    workspaceId: null,
    requestsPerMinute: 5,
  });
});

it('resolves a session to its user', async () => {
  const { sessionToken } = await login(test.core, { username: 'Admin', password: "admin's password" }, ORIGIN);
  expect(await resolveActor(test.core, sessionToken)).toMatchObject({ kind: 'user', userId: test.admin.userId });
  test.clock.advance(31 * 24 * 3600_000);
  await expect(resolveActor(test.core, sessionToken)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});

it('rejects unknown keys, unknown sessions and expired keys', async () => {
  await expect(resolveActor(test.core, 'lbx_unknown')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  await expect(resolveActor(test.core, 'unknown')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  const { key } = await createKey(new Date(test.clock.now() + 1000));
  test.clock.advance(1000);
  await expect(resolveActor(test.core, key)).rejects.toMatchObject({ code: 'KEY_EXPIRED' });
});

it('limits a key to the current rights of its owner', async () => {
  const owner = await test.addUser('owner', 'admin');
  const input = { name: 'test', scopes: ['*' as const], workspaceId: null, expiresAt: null, requestsPerMinute: null };
  const { key } = await createApiKey(test.core, owner, input);
  await updateUser(test.core, test.admin, { userId: owner.userId, role: 'member' });
  const actor = await resolveActor(test.core, key);
  expect(actor).toMatchObject({ ownerRole: 'member' });
  expect(actor.kind === 'apiKey' && actor.scopes).not.toContain('*');
  await updateUser(test.core, test.admin, { userId: owner.userId, suspended: true });
  await expect(resolveActor(test.core, key)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});

it('records the last use of a key once a minute', async () => {
  const { id, key } = await createKey();
  const lastUsed = async () => (await getApiKey(test.core, test.admin, id)).lastUsedAt;
  const first = test.clock.date;
  await resolveActor(test.core, key);
  expect(await lastUsed()).toEqual(first);
  test.clock.advance(60_000);
  await resolveActor(test.core, key);
  expect(await lastUsed()).toEqual(first);
  test.clock.advance(1);
  await resolveActor(test.core, key);
  expect(await lastUsed()).toEqual(test.clock.date);
});
