import type { Scope } from '@lorebox/contract/actor';
import { Lorebox } from '@lorebox/sdk';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf } from './code-of.ts';

/** No caller can grant or revoke more than they have, for keys, users and members. */
let server: LoreboxProcess;
let admin: Lorebox;

const PASSWORD = 'long enough for all';
const MEMBER_SCOPES: Scope[] = [
  'workspaces:read',
  'documents:read',
  'documents:write',
  'sources:read',
  'sources:write',
  'evals:read',
  'evals:write',
  'chat',
  'models:read',
];
const as = (apiKey: string) => new Lorebox({ baseUrl: server.url, apiKey });
const keyOf = (by: Lorebox, scopes: Scope[], more: object = {}) =>
  by.api.apiKeys.create.mutate({ name: 'test', scopes, ...more });
const signIn = async (username: string, password = PASSWORD) =>
  as((await admin.api.auth.login.mutate({ username, password })).sessionToken);
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

beforeAll(async () => {
  server = await startLorebox({
    env: {
      LOREBOX_FETCH_ALLOW: 'localhost:9',
      LOREBOX_ADMIN_USERNAME: 'root',
      LOREBOX_ADMIN_PASSWORD: 'correct horse battery',
    },
  });
  admin = as(server.apiKey);
});
afterAll(() => server.dispose());

describe('users:write', () => {
  it('cannot create, promote, reset, suspend or delete a user with more permissions', async () => {
    const boss = await admin.api.users.create.mutate({ username: 'boss', password: PASSWORD, role: 'admin' });
    const plain = await admin.api.users.create.mutate({ username: 'plain', password: PASSWORD });
    const bare = as((await keyOf(admin, ['users:read', 'users:write'])).key).api.users;
    expect(await codeOf(() => bare.create.mutate({ username: 'evil', password: PASSWORD, role: 'admin' }))).toBe(
      'FORBIDDEN',
    );
    expect(await codeOf(() => bare.create.mutate({ username: 'evil', password: PASSWORD }))).toBe('FORBIDDEN');
    expect(await codeOf(() => bare.update.mutate({ userId: plain.id, role: 'admin' }))).toBe('FORBIDDEN');
    for (const change of [{ password: 'taken over now' }, { suspended: true }, { role: 'member' as const }])
      expect(await codeOf(() => bare.update.mutate({ userId: boss.id, ...change }))).toBe('FORBIDDEN');
    expect(await codeOf(() => bare.delete.mutate({ userId: boss.id }))).toBe('FORBIDDEN');

    const clerk = as((await keyOf(admin, ['users:write', ...MEMBER_SCOPES])).key).api.users;
    const made = await clerk.create.mutate({ username: 'made', password: PASSWORD });
    expect(await codeOf(() => clerk.update.mutate({ userId: made.id, role: 'manager' }))).toBe('FORBIDDEN');
    expect(await codeOf(() => clerk.update.mutate({ userId: made.id, password: 'another password' }))).toBe('OK');
    expect(await codeOf(() => clerk.delete.mutate({ userId: made.id }))).toBe('OK');
  });
});

describe('workspaces:write', () => {
  it('cannot grant or revoke a workspace role with more permissions', async () => {
    const user = await admin.api.users.create.mutate({ username: 'guest', password: PASSWORD });
    const { id: workspace } = await admin.api.workspaces.create.mutate({ name: 'Roles' });
    const set = (client: Lorebox, role: 'viewer' | 'editor' | 'owner') =>
      codeOf(() => client.api.workspaces.setMember.mutate({ workspace, userId: user.id, role }));
    const bare = as((await keyOf(admin, ['workspaces:read', 'workspaces:write'])).key);
    expect([await set(bare, 'owner'), await set(bare, 'viewer')]).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    const reader = as(
      (
        await keyOf(admin, [
          'workspaces:read',
          'workspaces:write',
          'documents:read',
          'chat',
          'models:read',
          'evals:read',
        ])
      ).key,
    );
    expect([await set(reader, 'viewer'), await set(reader, 'editor')]).toEqual(['OK', 'FORBIDDEN']);
    expect(await set(admin, 'owner')).toBe('OK');
    expect(await set(reader, 'viewer')).toBe('FORBIDDEN');
    const remove = () => reader.api.workspaces.removeMember.mutate({ workspace, userId: user.id });
    expect(await codeOf(remove)).toBe('FORBIDDEN');
  });
});

describe('keys:write', () => {
  it('cannot create a key with more scopes, a later expiry, a higher limit or without its own binding', async () => {
    const expiresAt = inDays(10);
    const scopes: Scope[] = ['keys:read', 'keys:write', 'workspaces:read'];
    const maker = as((await keyOf(admin, scopes, { expiresAt, requestsPerMinute: 100 })).key);
    const child = (more: object, wanted: Scope[] = ['workspaces:read']) =>
      codeOf(() => keyOf(maker, wanted, { expiresAt, requestsPerMinute: 100, ...more }));
    expect(await child({})).toBe('OK');
    expect(await child({}, ['*'])).toBe('FORBIDDEN');
    expect(await child({}, ['chat'])).toBe('FORBIDDEN');
    expect(await child({ expiresAt: null })).toBe('FORBIDDEN');
    expect(await child({ expiresAt: inDays(11) })).toBe('FORBIDDEN');
    expect(await child({ requestsPerMinute: null })).toBe('FORBIDDEN');
    expect(await child({ requestsPerMinute: 101 })).toBe('FORBIDDEN');
    const { id: workspaceId } = await admin.api.workspaces.create.mutate({ name: 'Bound' });
    const bound = as((await keyOf(admin, scopes, { workspaceId })).key);
    expect(await codeOf(() => keyOf(bound, ['workspaces:read'], { workspaceId: null }))).toBe('FORBIDDEN');
  });

  it('cannot change a key with more permissions or raise its own limit', async () => {
    const strong = await keyOf(admin, ['*']);
    const eternal = await keyOf(admin, ['workspaces:read']);
    const scopes: Scope[] = ['keys:read', 'keys:write', 'workspaces:read'];
    const own = await keyOf(admin, scopes, { expiresAt: inDays(10), requestsPerMinute: 500 });
    const { api } = as(own.key);
    for (const { id: keyId } of [strong, eternal]) {
      expect(await codeOf(() => api.apiKeys.revoke.mutate({ keyId }))).toBe('FORBIDDEN');
      expect(await codeOf(() => api.apiKeys.update.mutate({ keyId, name: 'x' }))).toBe('FORBIDDEN');
      expect(await codeOf(() => api.apiKeys.rotate.mutate({ keyId }))).toBe('FORBIDDEN');
    }
    for (const change of [
      { expiresAt: null },
      { requestsPerMinute: null },
      { requestsPerMinute: 501 },
      { scopes: ['*' as const] },
    ])
      expect(await codeOf(() => api.apiKeys.update.mutate({ keyId: own.id, ...change }))).toBe('FORBIDDEN');
    expect(await codeOf(() => api.apiKeys.update.mutate({ keyId: own.id, requestsPerMinute: 400 }))).toBe('OK');
  });

  it('shows only the keys of its owner, and an admin cannot take over another person’s key', async () => {
    await admin.api.users.create.mutate({ username: 'second', password: PASSWORD, role: 'admin' });
    const second = await signIn('second');
    const theirs = await keyOf(second, ['chat']);
    const reader = as((await keyOf(admin, ['keys:read', 'keys:write', 'chat'])).key);
    const { items } = await reader.api.apiKeys.list.query({ limit: 200 });
    expect(items.map(({ id }) => id)).not.toContain(theirs.id);
    expect(await codeOf(() => reader.api.apiKeys.get.query({ keyId: theirs.id }))).toBe('NOT_FOUND');
    expect(await codeOf(() => reader.api.apiKeys.revoke.mutate({ keyId: theirs.id }))).toBe('NOT_FOUND');
    const all = (await admin.api.apiKeys.list.query({ limit: 200 })).items;
    const seen = all.find(({ id }) => id === theirs.id);
    const { user } = await second.api.auth.me.query();
    expect(seen).toMatchObject({
      ownerId: user?.id,
      createdBy: `user:${user?.id}`,
      isAdminEquivalent: false,
      neverExpires: true,
    });
    expect(await codeOf(() => admin.api.apiKeys.rotate.mutate({ keyId: theirs.id }))).toBe('FORBIDDEN');
    expect(await codeOf(() => admin.api.apiKeys.revoke.mutate({ keyId: theirs.id }))).toBe('OK');
  });

  it('requires explicit scopes, flags `*`, and never shows a caller-supplied secret', async () => {
    const { keyId } = await admin.api.auth.me.query();
    const registered = await admin.api.apiKeys.get.query({ keyId: keyId ?? '' });
    expect(registered).toMatchObject({ prefix: 'env', isAdminEquivalent: true, createdBy: 'environment' });
    const { user } = await (await signIn('root', 'correct horse battery')).api.auth.me.query();
    expect(registered.ownerId).toBe(user?.id);
    const unnamed = await fetch(`${server.url}/v1/api-keys`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'no scopes' }),
    });
    expect(unnamed.status).toBe(400);
  });
});

describe('old credentials', () => {
  it('of a demoted admin have the permissions of the new role, including keys created by keys', async () => {
    const user = await admin.api.users.create.mutate({ username: 'demoted', password: PASSWORD, role: 'admin' });
    const parent = await keyOf(await signIn('demoted'), ['*']);
    const child = await keyOf(as(parent.key), ['*']);
    expect(child).toMatchObject({ ownerId: user.id, createdBy: `key:${parent.id}` });
    const { id: workspace } = await admin.api.workspaces.create.mutate({ name: 'Not theirs' });
    const { id: own } = await admin.api.workspaces.create.mutate({ name: 'Theirs' });
    await admin.api.workspaces.setMember.mutate({ workspace: own, userId: user.id, role: 'viewer' });
    await admin.api.users.update.mutate({ userId: user.id, role: 'member' });
    for (const { key } of [parent, child]) {
      const { api } = as(key);
      expect(await codeOf(() => api.users.list.query({}))).toBe('FORBIDDEN');
      expect(await codeOf(() => api.settings.get.query())).toBe('FORBIDDEN');
      expect(await codeOf(() => api.workspaces.get.query({ workspace }))).toBe('NOT_FOUND');
      expect((await api.workspaces.list.query({})).items.map(({ id }) => id)).toEqual([own]);
      const items = [{ text: 'x' }];
      expect(await codeOf(() => api.documents.importTexts.mutate({ workspace: own, items }))).toBe('FORBIDDEN');
      expect(await codeOf(() => api.documents.list.query({ workspace: own }))).toBe('OK');
    }
  });

  it('end with a suspension, a deletion or a password reset, including keys created by keys', async () => {
    const user = await admin.api.users.create.mutate({ username: 'leaver', password: PASSWORD, role: 'admin' });
    const chain = async (password: string) => {
      const { key } = await keyOf(await signIn('leaver', password), ['*']);
      return [key, (await keyOf(as(key), ['*'])).key];
    };
    const codes = (keys: string[]) => Promise.all(keys.map((key) => codeOf(() => as(key).api.auth.me.query())));
    const first = await chain(PASSWORD);
    await admin.api.users.update.mutate({ userId: user.id, suspended: true });
    expect(await codes(first)).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
    await admin.api.users.update.mutate({ userId: user.id, suspended: false });
    expect(await codes(first)).toEqual(['OK', 'OK']);
    await admin.api.users.update.mutate({ userId: user.id, password: 'second password', revokeKeys: false });
    expect(await codes(first)).toEqual(['OK', 'OK']);
    await admin.api.users.update.mutate({ userId: user.id, password: 'third password' });
    expect(await codes(first)).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
    const second = await chain('third password');
    const session = await signIn('leaver', 'third password');
    await session.api.auth.changePassword.mutate({ current: 'third password', next: 'fourth password' });
    expect(await codes(second)).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
    const third = await chain('fourth password');
    await admin.api.users.delete.mutate({ userId: user.id });
    expect(await codes(third)).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
  });
});

it('binds keys and webhooks to the given workspace, by ID or slug', async () => {
  const { id, slug } = await admin.api.workspaces.create.mutate({ name: 'Bound by slug' });
  const key = await admin.api.apiKeys.create.mutate({ name: 'slug', scopes: ['workspaces:read'], workspaceId: slug });
  expect(key.workspaceId).toBe(id);
  const { items } = await new Lorebox({ baseUrl: server.url, apiKey: key.key }).api.workspaces.list.query({});
  expect(items.map((workspace) => workspace.id)).toEqual([id]);
  const webhook = await admin.webhooks.create({ url: 'http://localhost:9/', workspaceId: slug });
  expect(webhook.workspaceId).toBe(id);
});
