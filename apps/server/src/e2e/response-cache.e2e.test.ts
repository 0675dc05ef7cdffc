import { Lorebox } from '@lorebox/sdk';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let server: LoreboxProcess;
let lorebox: Lorebox;

beforeAll(async () => {
  server = await startLorebox();
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  await lorebox.workspaces.create({ name: 'demo' });
});
afterAll(() => server.dispose());

async function get(path: string, key = server.apiKey) {
  const response = await fetch(`${server.url}/v1${path}`, { headers: { authorization: `Bearer ${key}` } });
  // biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
  return { status: response.status, headers: response.headers, json: (await response.json()) as any };
}

/** Asked often enough that it comes from what is kept, if anything is. */
async function warm(path: string, key?: string) {
  for (let i = 0; i < 3; i += 1) await get(path, key);
}

describe('an answer that was given before', () => {
  it('is never older than the last write, whatever wrote', async () => {
    const names = async () => (await get('/workspaces')).json.items.map(({ name }: { name: string }) => name);
    for (let i = 0; i < 30; i += 1) {
      await warm('/workspaces');
      const { id } = await lorebox.workspaces.create({ name: `Number ${i}` });
      expect(await names()).toContain(`Number ${i}`);
      await lorebox.workspaces.update(id, { name: `Changed ${i}` });
      expect(await names()).toContain(`Changed ${i}`);
      await lorebox.workspaces.delete(id);
      expect(await names()).toEqual(['demo']);
    }
  });

  it('shows what other threads do: an ingest ends in it', async () => {
    await lorebox.documents.importTexts('demo', [{ text: 'The lighthouse is 31 meters tall.' }]);
    const path = '/workspaces/demo/documents/summary';
    await expect
      .poll(async () => (await get(path)).json, { interval: 2, timeout: 20_000 })
      .toEqual({ ready: 1, processing: 0, failed: 0 });
    const { items } = (await get('/workspaces/demo/documents')).json;
    expect(items[0]).toMatchObject({ status: 'ready', chunks: 1 });
  });

  it('is gone with the right to it: at once, for a key as for a member', async () => {
    const { id, key } = await lorebox.apiKeys.create({ name: 'short', scopes: ['workspaces:read'] });
    await warm('/workspaces', key);
    await lorebox.apiKeys.update(id, { scopes: ['chat'] });
    expect((await get('/workspaces', key)).status).toBe(403);
    await lorebox.apiKeys.update(id, { scopes: ['workspaces:read'] });
    await warm('/workspaces', key);
    await lorebox.apiKeys.revoke(id);
    expect((await get('/workspaces', key)).status).toBe(401);

    const user = await lorebox.users.create({ username: 'ada', password: 'correct horse' });
    const { sessionToken } = await lorebox.auth.login({ username: 'ada', password: 'correct horse' });
    await lorebox.workspaces.setMember('demo', user.id, 'viewer');
    await warm('/workspaces/demo', sessionToken);
    expect((await get('/workspaces/demo', sessionToken)).status).toBe(200);
    await lorebox.workspaces.removeMember('demo', user.id);
    expect((await get('/workspaces/demo', sessionToken)).status).toBe(404);
    await lorebox.users.update(user.id, { suspended: true });
    expect((await get('/workspaces', sessionToken)).status).toBe(401);
  });

  it("is nobody else's, and counts against the limit", async () => {
    const { key } = await lorebox.apiKeys.create({ name: 'limited', scopes: ['*'], requestsPerMinute: 4 });
    const other = await lorebox.workspaces.create({ name: 'other' });
    const { key: bound } = await lorebox.apiKeys.create({ name: 'bound', scopes: ['*'], workspaceId: other.id });
    await warm('/workspaces');
    expect((await get('/workspaces', bound)).json.items.map(({ name }: { name: string }) => name)).toEqual(['other']);
    expect((await get('/workspaces')).json.items).toHaveLength(2);
    const statuses = [];
    for (let i = 0; i < 6; i += 1) statuses.push((await get('/workspaces', key)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
  });

  it('is not kept where it depends on more than what is stored', async () => {
    const first = (await get('/status')).json.uptimeSeconds;
    expect((await get('/status')).json.uptimeSeconds).toBeGreaterThan(first);
  });

  it('has its own request id, entity tag and link', async () => {
    await warm('/workspaces?limit=1');
    const [a, b] = [await get('/workspaces?limit=1'), await get('/workspaces?limit=1')];
    expect(a.headers.get('x-request-id')).not.toBe(b.headers.get('x-request-id'));
    expect(b.headers.get('etag')).toBe(a.headers.get('etag'));
    expect(b.headers.get('link')).toBe(a.headers.get('link'));
    expect(b.headers.get('link')).toContain('cursor=');
  });
});
