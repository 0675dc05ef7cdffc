import { Lorebox } from '@lorebox/sdk';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let server: LoreboxProcess;
let lorebox: Lorebox;

beforeAll(async () => {
  server = await startLorebox();
  lorebox = connect(server.apiKey);
  await lorebox.workspaces.create({ name: 'demo' });
});
afterAll(() => server.dispose());

const connect = (apiKey: string) => new Lorebox({ baseUrl: server.url, apiKey, maxRetries: 0 });
const rest = (path: string, key: string, init: RequestInit = {}) =>
  fetch(`${server.url}${path}`, { ...init, headers: { authorization: `Bearer ${key}`, ...init.headers } });

describe('rate limits', () => {
  it('apply per key across all APIs and are reported in headers', async () => {
    const { key } = await lorebox.apiKeys.create({ name: 'five', scopes: ['*'], requestsPerMinute: 5 });
    const first = await rest('/v1/workspaces', key);
    expect(first.headers.get('ratelimit-limit')).toBe('5');
    expect(first.headers.get('ratelimit-remaining')).toBe('4');
    expect(first.headers.get('ratelimit-policy')).toBe('5;w=60');
    expect(Number(first.headers.get('ratelimit-reset'))).toBeGreaterThan(0);
    await connect(key).workspaces.list().toArray(1);
    await rest('/openai/v1/models', key);
    const [a, b] = await Promise.all([rest('/trpc/auth.me', key), rest('/trpc/auth.me', key)]);
    expect([a.status, b.status]).toEqual([200, 200]);
    const refused = await rest('/v1/workspaces', key);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('ratelimit-remaining')).toBe('0');
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(12);
    expect(await refused.json()).toMatchObject({ code: 'RATE_LIMITED', status: 429, retryAfter: wait });
    expect((await rest('/openai/v1/models', key)).status).toBe(429);
    expect((await rest('/trpc/auth.me', key)).status).toBe(429);
    await expect(connect(key).workspaces.list().toArray(1)).rejects.toMatchObject({
      name: 'RateLimitError',
      code: 'RATE_LIMITED',
      retryAfter: expect.any(Number),
      isRetryable: true,
    });
    // Another key has its own limit.
    expect((await rest('/v1/workspaces', server.apiKey)).headers.get('ratelimit-limit')).toBeNull();
  });

  it('count each call in a batch', async () => {
    const { key } = await lorebox.apiKeys.create({ name: 'batches', scopes: ['*'], requestsPerMinute: 3 });
    const batch = await rest('/trpc/auth.me,auth.me,auth.me,auth.me,auth.me?batch=1', key);
    const replies = (await batch.json()) as { error?: { json: { data: { appCode: string } } } }[];
    expect(replies.map((reply) => reply.error?.json.data.appCode)).toEqual([
      undefined,
      undefined,
      undefined,
      'RATE_LIMITED',
      'RATE_LIMITED',
    ]);
  });

  it('can be set for users and addresses, and apply immediately and after a restart', async () => {
    await lorebox.users.create({ username: 'ada', password: 'correct horse' });
    const { sessionToken } = await lorebox.auth.login({ username: 'ada', password: 'correct horse' });
    await lorebox.settings.update({ requestsPerMinutePerUser: 2, requestsPerMinutePerAddress: 1000 });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const statuses = [];
    for (let i = 0; i < 3; i += 1) statuses.push((await rest('/v1/me', sessionToken)).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect((await fetch(`${server.url}/v1/me`)).headers.get('ratelimit-limit')).toBe('1000');
    expect(await lorebox.settings.get()).toMatchObject({ requestsPerMinutePerUser: 2, eventRetentionDays: 30 });
    await Promise.all([
      lorebox.settings.update({ requestsPerMinutePerUser: null, eventRetentionDays: 7 }),
      lorebox.settings.update({ requestsPerMinutePerAddress: 0 }),
      lorebox.settings.update({ defaultModel: 'extractive' }),
    ]);
    const settings = {
      defaultModel: 'extractive',
      embedder: 'shipped',
      reranker: 'off',
      requestsPerMinutePerUser: 0,
      requestsPerMinutePerAddress: 0,
      requestsPerMinutePerKey: 0,
      eventRetentionDays: 7,
    };
    expect(await lorebox.settings.get()).toMatchObject(settings);
    await server.stop();
    server = await startLorebox({ dataDir: server.dataDir });
    lorebox = connect(server.apiKey);
    expect(await lorebox.settings.get()).toMatchObject(settings);
    expect((await lorebox.status()).defaultModel).toBe('extractive');
  });
});

describe('API keys', () => {
  it('rotate: both secrets work during the overlap, then only the new one', async () => {
    const { id, key: old } = await lorebox.apiKeys.create({ name: 'rotated', scopes: ['workspaces:read'] });
    const { key: next, previousKeyUntil, prefix } = await lorebox.apiKeys.rotate(id, { graceMinutes: 10 });
    expect(next).not.toBe(old);
    expect(next.startsWith(prefix)).toBe(true);
    expect(previousKeyUntil?.getTime()).toBeGreaterThan(Date.now() + 9 * 60_000);
    for (const key of [old, next]) expect((await rest('/v1/workspaces', key)).status).toBe(200);
    const { key: last } = await lorebox.apiKeys.rotate(id, { graceMinutes: 0 });
    expect((await rest('/v1/workspaces', old)).status).toBe(401);
    expect((await rest('/v1/workspaces', next)).status).toBe(401);
    expect((await rest('/v1/workspaces', last)).status).toBe(200);
    const listed = JSON.stringify(await lorebox.apiKeys.list().toArray(50));
    for (const secret of [old, next, last]) expect(listed).not.toContain(secret.slice(8));
    expect((await lorebox.apiKeys.get(id)).lastUsedAt).toBeInstanceOf(Date);
  });

  it("cannot be updated to exceed the caller's permissions", async () => {
    const { id: strong } = await lorebox.apiKeys.create({ name: 'strong', scopes: ['*'] });
    const { id: weak, key } = await lorebox.apiKeys.create({ name: 'weak', scopes: ['keys:read', 'keys:write'] });
    const mine = connect(key);
    await expect(mine.apiKeys.update(weak, { scopes: ['*'] })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(mine.apiKeys.rotate(strong)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(mine.apiKeys.update(strong, { name: 'taken' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await mine.apiKeys.update(weak, { scopes: ['keys:read'], name: 'weaker' })).toMatchObject({
      name: 'weaker',
      scopes: ['keys:read'],
    });
    await expect(mine.apiKeys.create({ name: 'x', scopes: ['keys:read'] })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await lorebox.apiKeys.update(weak, { expiresAt: new Date(Date.now() - 1000) });
    await expect(mine.apiKeys.list().toArray(1)).rejects.toMatchObject({ code: 'KEY_EXPIRED' });
    await expect(lorebox.apiKeys.rotate('key_unknown')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('sessions', () => {
  it('are listed and can be revoked individually', async () => {
    await lorebox.users.create({ username: 'grace', password: 'correct horse' });
    const login = () => lorebox.auth.login({ username: 'grace', password: 'correct horse' });
    const [one, two] = [await login(), await login()];
    const mine = connect(one.sessionToken);
    const sessions = await mine.auth.sessions();
    expect(sessions.map(({ isCurrent }) => isCurrent)).toEqual([false, true]);
    expect(JSON.stringify(sessions)).not.toContain(two.sessionToken);
    expect((await rest('/v1/me', sessions[0]?.id ?? '')).status).toBe(401);
    await mine.auth.revokeSession(sessions[0]?.id ?? '');
    expect((await rest('/v1/me', two.sessionToken)).status).toBe(401);
    expect((await rest('/v1/me', one.sessionToken)).status).toBe(200);
    const other = await lorebox.auth.login({ username: 'ada', password: 'correct horse' });
    const [theirs] = await connect(other.sessionToken).auth.sessions();
    await expect(mine.auth.revokeSession(theirs?.id ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('Idempotency-Key', () => {
  const post = (body: { name: string }, key: string) =>
    rest('/v1/api-keys', server.apiKey, {
      method: 'POST',
      headers: { 'idempotency-key': key, 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, scopes: ['chat'] }),
    });

  it('survives kill -9: the first response is replayed, and secrets in it are encrypted on disk', async () => {
    const first = await post({ name: 'once' }, 'key-of-today');
    const answer = (await first.json()) as { key: string };
    await server.kill();
    server = await startLorebox({ dataDir: server.dataDir });
    lorebox = connect(server.apiKey);
    const second = await post({ name: 'once' }, 'key-of-today');
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(await second.json()).toEqual(answer);
    const { readFileSync, readdirSync } = await import('node:fs');
    for (const name of readdirSync(server.dataDir).filter((file) => file.startsWith('lorebox.db'))) {
      expect(readFileSync(`${server.dataDir}/${name}`).includes(answer.key.slice(8))).toBe(false);
    }
    expect((await post({ name: 'twice' }, 'key-of-today')).status).toBe(422);
    const named = (await lorebox.apiKeys.list().toArray(50)).filter(({ name }) => name === 'once');
    expect(named).toHaveLength(1);
  });

  it('can be reused after a rejected request', async () => {
    expect((await post({ name: '' }, 'refused-first')).status).toBe(400);
    expect((await post({ name: 'good' }, 'refused-first')).status).toBe(201);
  });

  it('runs a request once when it is sent concurrently', async () => {
    const replies = await Promise.all(Array.from({ length: 12 }, () => post({ name: 'crowd' }, 'all-at-once')));
    const ids = await Promise.all(replies.map(async (reply) => ((await reply.json()) as { id: string }).id));
    expect(new Set(ids).size).toBe(1);
  });
});

describe('downloads', () => {
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251));
  const download = (id: string, headers: Record<string, string> = {}, method = 'GET') =>
    rest(`/v1/documents/${id}/content`, server.apiKey, { method, headers });

  async function upload(name: string, data: string | Buffer<ArrayBuffer>): Promise<string> {
    const { documents } = await lorebox.documents.upload('demo', [{ name, data: new Blob([data]) }]);
    return documents[0]?.id ?? '';
  }

  it('return the original file or the requested range', async () => {
    const id = await upload("ünïcode 'name'.bin", bytes);
    const whole = await download(id);
    expect(whole.status).toBe(200);
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
    expect(whole.headers.get('accept-ranges')).toBe('bytes');
    expect(whole.headers.get('content-disposition')).toMatch(
      /^attachment; .*filename\*=UTF-8''%C3%BCn%C3%AFcode%20%27name%27\.bin$/,
    );
    const ranges: Record<string, [number, number]> = {
      'bytes=0-0': [0, 1],
      'bytes=100-199': [100, 200],
      'bytes=299990-': [299_990, 300_000],
      'bytes=-10': [299_990, 300_000],
      'bytes=299990-999999999': [299_990, 300_000],
    };
    for (const [range, [start, end]] of Object.entries(ranges)) {
      const part = await download(id, { range });
      expect(part.status, range).toBe(206);
      expect(part.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/300000`);
      expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(start, end)), range).toBe(true);
    }
    for (const range of ['bytes=5-4', 'lines=0-1', 'bytes=0-1,5-6', 'bytes=a-b', 'bytes=-'])
      expect((await download(id, { range })).status, range).toBe(200);
    for (const range of ['bytes=300000-', 'bytes=-0']) {
      const refused = await download(id, { range });
      expect([refused.status, refused.headers.get('content-range')], range).toEqual([416, 'bytes */300000']);
      expect(await refused.json()).toMatchObject({ code: 'RANGE_NOT_SATISFIABLE' });
    }
    const etag = whole.headers.get('etag') ?? '';
    expect((await download(id, { 'if-none-match': etag })).status).toBe(304);
    expect((await download(id, { range: 'bytes=0-1', 'if-range': etag })).status).toBe(206);
    expect((await download(id, { range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200);
    const part = await lorebox.documents.download(id, { start: 7, end: 12 });
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(7, 12))).toBe(true);
    expect(await lorebox.documents.content(id)).toMatchObject({ filename: "ünïcode 'name'.bin", size: 300_000 });
    await expect(lorebox.documents.download('doc_unknown')).rejects.toMatchObject({ name: 'NotFoundError' });
    const head = await download(id, {}, 'HEAD');
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '300000', '']);
  });

  it('never execute uploaded content, and are hidden from callers without access', async () => {
    const id = await upload('page.html', '<script>alert(1)</script>');
    const page = await download(id);
    expect(page.headers.get('content-disposition')).toContain('attachment');
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    const { key } = await lorebox.apiKeys.create({ name: 'chat only', scopes: ['chat'] });
    expect((await rest(`/v1/documents/${id}/content`, key)).status).toBe(403);
    expect((await download('doc_unknown')).status).toBe(404);
  });

  it('return the text of a text document', async () => {
    const { documents } = await lorebox.documents.importTexts('demo', [
      { title: 'Ähre', text: 'Grüße 🌾 from the field.' },
    ]);
    await lorebox.documents.waitUntilIdle('demo');
    const text = await download(documents[0]?.id ?? '');
    expect(text.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await text.text()).toBe('Grüße 🌾 from the field.');
  });
});
