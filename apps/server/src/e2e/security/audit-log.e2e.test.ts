import type { AuditAction } from '@lorebox/contract/audit';
import { type AuditEntry, Lorebox } from '@lorebox/sdk';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { codeOf } from './code-of.ts';

/** Each security event is a row with actor, address and request, and without secrets. */
const PASSWORD = 'planted-password-one';
const SECOND_PASSWORD = 'planted-password-two';
const SOURCE_SECRET = 'planted-source-secret';
const TEXT = 'planted words of a document';
const QUESTION = 'planted words of a question';

let server: LoreboxProcess;
let admin: Lorebox;
const keys: string[] = [];
const as = (apiKey: string) => new Lorebox({ baseUrl: server.url, apiKey });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

beforeAll(async () => {
  server = await startLorebox({
    env: { LOREBOX_ADMIN_USERNAME: 'root', LOREBOX_ADMIN_PASSWORD: PASSWORD, LOREBOX_FETCH_ALLOW: '127.0.0.1:*' },
  });
  admin = as(server.apiKey);
});
afterAll(() => server.dispose());

const entries = (action?: AuditAction): Promise<AuditEntry[]> =>
  admin.audit.list({ ...(action && { action }), limit: 200 }).toArray();
const last = async (action: AuditAction) => (await entries(action))[0];

it('the audit log records every type of security event', async () => {
  const { id: userId } = await admin.users.create({ username: 'olga', password: PASSWORD });
  await codeOf(() => admin.auth.login({ username: 'olga', password: 'planted-wrong-password' }));
  await codeOf(() => admin.auth.login({ username: 'planted-typed-into-the-wrong-field', password: PASSWORD }));
  const { sessionToken } = await admin.auth.login({ username: 'olga', password: PASSWORD });
  const olga = as(sessionToken);
  await admin.workspaces.create({ name: 'demo' });
  await admin.workspaces.setMember('demo', userId, 'editor');
  await admin.workspaces.update('demo', { lockModel: true });
  const created = await admin.apiKeys.create({ name: 'k', scopes: ['keys:write', 'chat'] });
  const rotated = await admin.apiKeys.rotate(created.id);
  keys.push(created.key, rotated.key);
  await admin.apiKeys.update(created.id, { name: 'renamed' });
  await admin.apiKeys.revoke(created.id);
  await admin.settings.update({ eventRetentionDays: 20 });
  const config = { url: 'http://127.0.0.1:9', token: SOURCE_SECRET };
  const source = await admin.sources.create('demo', { connector: 'paperless', config, skipCheck: true });
  await admin.sources.update(source.id, { name: 'renamed' });
  await admin.sources.delete(source.id, { keepDocuments: false });
  const webhook = await admin.webhooks.create({ url: 'http://127.0.0.1:9/planted-path-of-a-webhook' });
  keys.push(webhook.secret);
  await admin.webhooks.update(webhook.id, { enabled: false });
  await admin.webhooks.delete(webhook.id);
  const { documents } = await admin.documents.importTexts('demo', [{ title: 'Handbook', text: TEXT }]);
  while ((await admin.documents.summary('demo')).ready === 0) await pause(50);
  const documentId = documents[0]?.id ?? '';
  await (await olga.documents.download(documentId)).text();
  await olga.ask({ workspace: 'demo', question: QUESTION }).final();
  const [thread] = await olga.threads.list('demo').toArray(1);
  await olga.threads.update(thread?.id ?? '', { visibility: 'workspace' });
  const share = await olga.shares.create(thread?.id ?? '');
  keys.push(share.token);
  await olga.shares.revoke(share.id);
  const widget = await admin.widgets.create('demo', { name: 'Website', allowedOrigins: ['https://example.com'] });
  await admin.widgets.update(widget.id, { enabled: false });
  await admin.widgets.export(widget.id);
  await admin.widgets.delete(widget.id);
  await olga.threads.delete(thread?.id ?? '');
  const { documents: spare } = await admin.documents.importTexts('demo', [{ text: 'x' }]);
  const archive = await admin.workspaces.create({ name: 'Archive' });
  await admin.documents.move(spare[0]?.id ?? '', archive.id);
  await admin.documents.deleteMany('demo', [documentId]);
  await codeOf(() => olga.users.list().toArray());
  await codeOf(() => olga.users.list().toArray());
  await codeOf(() => admin.models.pull('ollama:x')[Symbol.asyncIterator]().next());
  await olga.auth.changePassword({ current: PASSWORD, next: SECOND_PASSWORD });
  const again = as((await admin.auth.login({ username: 'olga', password: SECOND_PASSWORD })).sessionToken);
  await again.auth.logout();
  await admin.users.update(userId, { suspended: true });
  await admin.workspaces.removeMember('demo', userId);
  await admin.users.delete(userId);
  await admin.workspaces.delete('demo');
  const accepted = await admin.invites.create();
  const revoked = await admin.invites.create();
  await admin.api.invites.accept.mutate({ token: accepted.token, username: 'ingrid', password: PASSWORD });
  await admin.invites.revoke(revoked.id);
  keys.push(accepted.token, revoked.token, 'sk-planted-model-key');
  await admin.models.setServer({ url: 'http://127.0.0.1:9/v1', apiKey: 'sk-planted-model-key' });
  await admin.audit.export();

  const all = await entries();
  const { AUDIT_ACTIONS } = await import('@lorebox/contract/audit');
  expect([...new Set(all.map(({ action }) => action))].sort()).toEqual(Object.keys(AUDIT_ACTIONS).sort());
  const { keyId } = await admin.auth.me();
  expect(await last('user.created')).toMatchObject({
    actor: `key:${keyId}`,
    target: `user:${userId}`,
    address: '127.0.0.1',
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    details: { username: 'olga', role: 'member' },
  });
  const failures = await entries('login.failed');
  expect(failures.map(({ actor, target }) => [actor, target])).toEqual([
    ['anonymous', null],
    ['anonymous', `user:${userId}`],
  ]);
  expect(await entries('access.refused')).toMatchObject([
    { actor: `user:${userId}`, details: { procedure: 'users.list' } },
  ]);
  expect(await last('document.downloaded')).toMatchObject({
    actor: `user:${userId}`,
    target: `document:${documentId}`,
  });
});

it('the audit log never contains secrets or texts', async () => {
  const text = JSON.stringify(await entries()) + (await admin.audit.export()).text;
  for (const planted of ['planted', server.apiKey, ...keys]) expect(text).not.toContain(planted);
});

it('the audit log has no entry for a change that failed', async () => {
  const before = (await entries()).length;
  expect(await codeOf(() => admin.apiKeys.revoke('unknown_00000'))).toBe('NOT_FOUND');
  expect(await codeOf(() => admin.users.create({ username: 'root', password: PASSWORD }))).toBe('CONFLICT');
  expect((await entries()).length).toBe(before);
});

it('the audit log can be filtered, paged and exported as newline-delimited JSON by admins only', async () => {
  const [newest, second] = await entries();
  const page = await admin.api.audit.list.query({ limit: 1 });
  expect(page.items[0]?.id).toBe(newest?.id);
  expect((await admin.api.audit.list.query({ limit: 1, cursor: page.nextCursor ?? '' })).items[0]?.id).toBe(second?.id);
  const target = (await last('key.created'))?.target ?? '';
  const ofOne = await admin.audit.list({ target }).toArray();
  expect(new Set(ofOne.map((entry) => entry.target))).toEqual(new Set([target]));
  expect(await admin.audit.list({ since: new Date(Date.now() + 60_000) }).toArray()).toEqual([]);
  const headers = { authorization: `Bearer ${server.apiKey}` };
  const response = await fetch(`${server.url}/v1/audit/export?action=key.created`, { headers });
  expect(response.headers.get('content-type')).toBe('application/x-ndjson');
  expect(response.headers.get('content-disposition')).toContain('.ndjson');
  const lines = (await response.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as AuditEntry);
  expect(lines.length).toBeGreaterThan(0);
  expect(new Set(lines.map(({ action }) => action))).toEqual(new Set(['key.created']));
  const { key } = await admin.apiKeys.create({ name: 'k', scopes: ['chat'] });
  expect(await codeOf(() => as(key).audit.list().toArray())).toBe('FORBIDDEN');
  expect(await codeOf(() => as(key).audit.export())).toBe('FORBIDDEN');
});

it('request log lines name the user or the key', async () => {
  const { keyId } = await admin.auth.me();
  await pause(100);
  const lines = server
    .logs()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { msg: string; actor?: string });
  expect(lines.some(({ msg, actor }) => msg === 'request' && actor === `key:${keyId}`)).toBe(true);
  expect(lines.some(({ msg, actor }) => msg === 'request' && actor?.startsWith('user:'))).toBe(true);
});
