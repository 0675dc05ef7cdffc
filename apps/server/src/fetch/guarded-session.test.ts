import { brotliCompressSync, gzipSync } from 'node:zlib';
import { type FakeSite, startFakeSite } from '@lorebox/testkit/fake-site';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openGuardedSession } from './guarded-session.ts';

let first: FakeSite;
let second: FakeSite;
let session: ReturnType<typeof openGuardedSession>;

beforeEach(async () => {
  second = await startFakeSite(({ url }) =>
    url.pathname === '/slow' ? new Promise(() => {}) : { body: 'from the second' },
  );
  first = await startFakeSite(({ url, method }) => {
    const to = url.searchParams.get('to');
    if (to) return { status: Number(url.searchParams.get('status') ?? 302), headers: { location: to } };
    if (url.pathname === '/broken.json') return { body: '{"a":' };
    if (url.pathname === '/gzip') return { headers: { 'content-encoding': 'gzip' }, body: gzipSync('packed') };
    if (url.pathname === '/br') return { headers: { 'content-encoding': 'br' }, body: brotliCompressSync('packed') };
    if (url.pathname === '/torn')
      return { headers: { 'content-encoding': 'gzip' }, body: gzipSync('packed').subarray(0, 12) };
    if (url.pathname === '/bomb')
      return { headers: { 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(64 * 1024 * 1024)) };
    return { headers: { etag: '"1"' }, body: method };
  });
  session = openGuardedSession({ allow: ['127.0.0.1:*'], userAgent: 'Lorebox/test', timeoutMs: 300 });
});
afterEach(async () => {
  await session.close();
  await first.close();
  await second.close();
});

const leadTo = (url: string, status = 302) => `${first.url}/?status=${status}&to=${encodeURIComponent(url)}`;

describe('the HTTP session of a source', () => {
  it('reads bodies, headers and statuses over one connection', async () => {
    for (let i = 0; i < 3; i += 1) {
      const response = await session.fetch(first.url);
      expect([response.status, response.header('etag'), await response.text()]).toEqual([200, '"1"', 'GET']);
    }
    expect(new Set(first.requests.map(({ headers }) => headers['user-agent']))).toEqual(new Set(['Lorebox/test']));
    const unread = await session.fetch(first.url);
    await unread.drop();
    await unread.drop();
    await expect((await session.fetch(`${first.url}/broken.json`)).json()).rejects.toMatchObject({
      code: 'SOURCE_FAILED',
    });
  });

  it('decompresses responses up to the size limit of a text', async () => {
    for (const path of ['/gzip', '/br']) expect(await (await session.fetch(first.url + path)).text()).toBe('packed');
    for (const path of ['/torn', '/bomb']) {
      const response = await session.fetch(first.url + path);
      await expect(response.text()).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
    }
  });

  it('sends credentials only to their own origin', async () => {
    const headers = {
      authorization: 'Bearer secret',
      'private-token': 'secret',
      cookie: 'a=secret',
      accept: 'text/html',
    };
    expect(await (await session.fetch(leadTo(`${second.url}/there`), { headers })).text()).toBe('from the second');
    expect(JSON.stringify(second.requests[0]?.headers)).not.toContain('secret');
    expect(second.requests[0]?.headers.accept).toBe('text/html');
    await session.fetch(leadTo('/here'), { headers });
    expect(first.requests.at(-1)?.headers.authorization).toBe('Bearer secret');
  });

  it('does not send a body to another host, and turns a redirected POST into a GET like browsers do', async () => {
    const post = { method: 'POST' as const, body: 'secret' };
    await expect(session.fetch(leadTo(second.url, 307), post)).rejects.toMatchObject({ code: 'URL_REFUSED' });
    expect(await (await session.fetch(leadTo('/x', 303), post)).text()).toBe('GET');
    expect(await (await session.fetch(leadTo('/x', 308), post)).text()).toBe('POST');
    expect(second.requests).toEqual([]);
  });

  it('rejects redirects to private addresses, redirect loops and other protocols', async () => {
    const port = new URL(second.url).port;
    for (const inside of [
      `http://localhost:${port}/`,
      `http://[::1]:${port}/`,
      'http://169.254.169.254/',
      'file:///etc/passwd',
      'http://a:b@127.0.0.1/',
    ])
      await expect(session.fetch(leadTo(inside))).rejects.toMatchObject({ code: 'URL_REFUSED' });
    const circle: string = `${first.url}/?to=${encodeURIComponent('/?to=/again')}`;
    expect((await session.fetch(circle)).status).toBe(200);
    let deep = `${first.url}/end`;
    for (let i = 0; i < 7; i += 1) deep = leadTo(deep);
    await expect(session.fetch(deep)).rejects.toMatchObject({ code: 'URL_REFUSED' });
    expect(second.requests).toEqual([]);
  });

  it('reports refused connections and timeouts, and stops when aborted', async () => {
    await expect(session.fetch(`${second.url}/slow`)).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
    await expect(session.fetch('http://127.0.0.1:1/')).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
    await expect(session.fetch('http://nowhere.invalid/')).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
    const left = new AbortController();
    setTimeout(() => left.abort(new Error('left')), 30);
    await expect(session.fetch(`${second.url}/slow`, { signal: left.signal })).rejects.toThrow('left');
  });
});
