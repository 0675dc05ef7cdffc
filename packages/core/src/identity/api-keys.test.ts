import type { CreateApiKeyInput } from '@lorebox/contract/api-key';
import type { Workspace } from '@lorebox/contract/workspace';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApiKey } from './create-api-key.ts';
import { getApiKey } from './get-api-key.ts';
import { listApiKeys } from './list-api-keys.ts';
import { resolveActor } from './resolve-actor.ts';
import { revokeApiKey } from './revoke-api-key.ts';
import { rotateApiKey } from './rotate-api-key.ts';
import { updateApiKey } from './update-api-key.ts';

let test: TestCore;
let workspace: Workspace;

beforeEach(async () => {
  test = await createTestCore();
  workspace = await test.addWorkspace();
});
afterEach(() => test.close());

function input(change: Partial<CreateApiKeyInput> = {}): CreateApiKeyInput {
  const limits = { workspaceId: null, expiresAt: null, requestsPerMinute: null };
  return { name: 'test', scopes: ['documents:read', 'keys:read', 'keys:write'], ...limits, ...change };
}

describe('createApiKey', () => {
  it('returns the key once, and stores its hash and an audit entry', async () => {
    const created = await createApiKey(test.core, test.admin, input());
    expect(created).toMatchObject({ ownerId: test.admin.userId, createdBy: 'user:usr_admin', neverExpires: true });
    expect(created.key).toMatch(/^lbx_/);
    expect(await getApiKey(test.core, test.admin, created.id)).not.toHaveProperty('key');
    const entry = await test.lastAudit();
    expect(entry).toMatchObject({ action: 'key.created', target: `key:${created.id}`, details: { name: 'test' } });
    expect(JSON.stringify(entry)).not.toContain(created.key);
  });

  it('stores the id of a workspace that is named by its slug, and the key works there', async () => {
    const created = await createApiKey(test.core, test.admin, input({ workspaceId: 'demo' }));
    expect(created.workspaceId).toBe(workspace.id);
    expect(await resolveActor(test.core, created.key)).toMatchObject({ kind: 'apiKey', workspaceId: workspace.id });
  });

  it('reports NOT_FOUND for a workspace that is not there', async () => {
    const creation = createApiKey(test.core, test.admin, input({ workspaceId: 'missing' }));
    await expect(creation).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('rejects callers without keys:write, bound keys, and scopes that the caller lacks', async () => {
    const bound = test.keyActor(['*'], { workspaceId: workspace.id });
    for (const actor of [test.keyActor(['keys:read']), bound]) {
      await expect(createApiKey(test.core, actor, input())).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    const manager = await test.addUser('manager', 'manager');
    await expect(createApiKey(test.core, manager, input())).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('limits a key that is created by a key to the expiry of that key', async () => {
    const expiresAt = new Date(test.clock.now() + 3600_000);
    const parent = await createApiKey(test.core, test.admin, input({ expiresAt }));
    const actor = await resolveActor(test.core, parent.key);
    await expect(createApiKey(test.core, actor, input())).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const child = await createApiKey(test.core, actor, input({ expiresAt }));
    expect(child).toMatchObject({ createdBy: `key:${parent.id}`, ownerId: test.admin.userId });
  });
});

describe('getApiKey and listApiKeys', () => {
  it('show admins every key, and others their own', async () => {
    const { id } = await createApiKey(test.core, test.admin, input());
    const other = await test.addUser('other', 'admin');
    expect(await getApiKey(test.core, other, id)).toMatchObject({ id, isAdminEquivalent: false });
    const stranger = test.keyActor(['keys:read'], { ownerId: 'usr_stranger', ownerRole: 'manager' });
    await expect(getApiKey(test.core, stranger, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await listApiKeys(test.core, stranger, { limit: 10 })).items).toEqual([]);
    expect((await listApiKeys(test.core, test.admin, { limit: 10 })).items.map((key) => key.id)).toEqual([id]);
  });

  it('require keys:read', async () => {
    const key = test.keyActor(['chat']);
    await expect(getApiKey(test.core, key, 'key_1')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(listApiKeys(test.core, key, { limit: 10 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('mark keys that have the rights of an admin', async () => {
    const { id } = await createApiKey(test.core, test.admin, input({ scopes: ['*'] }));
    expect(await getApiKey(test.core, test.admin, id)).toMatchObject({ isAdminEquivalent: true });
  });
});

describe('updateApiKey', () => {
  it('changes only the given fields, and records it', async () => {
    const { id } = await createApiKey(test.core, test.admin, input());
    const expiresAt = new Date(test.clock.now() + 1000);
    const updated = await updateApiKey(test.core, test.admin, { keyId: id, name: 'renamed', expiresAt });
    expect(updated).toMatchObject({ name: 'renamed', expiresAt, neverExpires: false, scopes: input().scopes });
    expect(await test.lastAudit()).toMatchObject({ action: 'key.updated', details: { name: 'renamed' } });
  });

  it('does not let a key gain rights that the caller lacks', async () => {
    const { id } = await createApiKey(test.core, test.admin, input());
    const caller = test.keyActor(['keys:write', 'documents:read', 'keys:read'], { keyId: id });
    const update = updateApiKey(test.core, caller, { keyId: id, scopes: ['*'] });
    await expect(update).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const unknown = updateApiKey(test.core, test.admin, { keyId: 'key_unknown', name: 'x' });
    await expect(unknown).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('rotateApiKey', () => {
  it('keeps the old key working for the grace period', async () => {
    const { id, key } = await createApiKey(test.core, test.admin, input());
    const rotated = await rotateApiKey(test.core, test.admin, { keyId: id, graceMinutes: 10 });
    expect(rotated.key).not.toBe(key);
    expect(rotated.previousKeyUntil).toEqual(new Date(test.clock.now() + 600_000));
    expect(await resolveActor(test.core, key)).toMatchObject({ keyId: id });
    test.clock.advance(600_001);
    await expect(resolveActor(test.core, key)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await resolveActor(test.core, rotated.key)).toMatchObject({ keyId: id });
    expect(await test.lastAudit()).toMatchObject({ action: 'key.rotated' });
  });

  it('returns the new secret only to the owner, the key itself and its creator', async () => {
    const { id } = await createApiKey(test.core, test.admin, input());
    const other = await test.addUser('other', 'admin');
    const rotation = { keyId: id, graceMinutes: 0 };
    await expect(rotateApiKey(test.core, other, rotation)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const itself = test.keyActor(input().scopes, { keyId: id });
    expect(await rotateApiKey(test.core, itself, rotation)).toMatchObject({ id });
  });
});

describe('revokeApiKey', () => {
  it('rejects the key from the next request on', async () => {
    const { id, key } = await createApiKey(test.core, test.admin, input());
    await revokeApiKey(test.core, test.admin, id);
    await expect(resolveActor(test.core, key)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await test.lastAudit()).toMatchObject({ action: 'key.revoked', target: `key:${id}` });
    await expect(revokeApiKey(test.core, test.admin, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('rejects a key that may do more than the caller', async () => {
    const { id } = await createApiKey(test.core, test.admin, input({ scopes: ['*'] }));
    const caller = test.keyActor(['keys:write']);
    await expect(revokeApiKey(test.core, caller, id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('succeeds once when two callers revoke the key at the same time', async () => {
    const { id } = await createApiKey(test.core, test.admin, input());
    const revoke = () => revokeApiKey(test.core, test.admin, id);
    const outcomes = await Promise.allSettled([revoke(), revoke()]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
