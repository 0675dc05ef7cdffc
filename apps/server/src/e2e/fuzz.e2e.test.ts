import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { Lorebox } from '@lorebox/sdk';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { createRandom } from '@lorebox/testkit/random';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const SEED = 20_261_123;

let server: LoreboxProcess;
let lorebox: Lorebox;

beforeAll(async () => {
  server = await startLorebox({ env: { LOREBOX_MAX_BODY_MB: '1', LOREBOX_MAX_UPLOAD_MB: '1' } });
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  await lorebox.workspaces.create({ name: 'demo' });
  // The first upload opens every file and thread that ingest needs.
  await lorebox.documents.upload('demo', [{ name: 'first.txt', data: new Blob(['A first text.']) }]);
  await lorebox.documents.waitUntilIdle('demo');
});
afterAll(() => server.dispose());

const random = createRandom(SEED);
const below = (n: number) => Math.floor(random() * n);
const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;

/** Opens a connection, writes the chunks unmodified, closes it on request, and returns the response. */
function sendRaw(pieces: readonly (string | Buffer)[], { end = true, waitMs = 3000 } = {}): Promise<string> {
  return new Promise((resolve) => {
    let got = '';
    const socket: Socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => {
      for (const piece of pieces) socket.write(piece);
      if (end) socket.end();
    });
    const done = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(got);
    };
    const timer = setTimeout(done, waitMs);
    socket.on('data', (data) => (got += data.toString('latin1')));
    socket.once('close', done);
    socket.on('error', done);
  });
}

const statusOf = (reply: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(reply)?.[1] ?? Number.NaN);

function head(method: string, path: string, headers: Record<string, string>): string {
  const all = { host: 'localhost', authorization: `Bearer ${server.apiKey}`, connection: 'close', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `${[`${method} ${path} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`;
}

function multipart(boundary: string): Buffer {
  const part = (about: string, body: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; ${about}\r\n\r\n${body}\r\n`;
  const file = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nSome text.\r\n`;
  return Buffer.from(
    `${part('name="title"', 'A title')}${part('name="metadata"', '{"shelf":7}')}${file}--${boundary}--\r\n`,
  );
}

/** Applies a few random mutations: flips, removes, duplicates or inserts bytes. */
function wound(bytes: Buffer): Buffer {
  let result = bytes;
  for (let n = 1 + below(4); n > 0; n -= 1) {
    const at = below(result.length);
    const until = Math.min(result.length, at + 1 + below(20));
    const [before, hit, after] = [result.subarray(0, at), result.subarray(at, until), result.subarray(until)];
    const junk = Buffer.from(Array.from({ length: 1 + below(12) }, () => below(256)));
    result = Buffer.concat(
      pick([
        [before, after],
        [before, hit, hit, after],
        [before, junk, hit, after],
        [before, junk, after],
      ]),
    );
    if (result.length === 0) return Buffer.from('-');
  }
  return result;
}

const handles = () => readdirSync(`/proc/${server.pid}/fd`).length;
const staged = () => readdirSync(join(server.dataDir, 'blobs', 'staging')).length;

async function expectUnharmed(before: number): Promise<void> {
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  expect(server.logs()).not.toContain('unexpected error');
  await expect.poll(staged, { timeout: 10_000 }).toBe(0);
  if (process.platform === 'linux') await expect.poll(handles, { timeout: 10_000 }).toBeLessThanOrEqual(before + 8);
}

describe('malformed client input', () => {
  const linux = process.platform === 'linux';

  it('never causes a 5xx or leaves data behind after 400 mutated multipart bodies', async () => {
    const before = linux ? handles() : 0;
    const seen = new Map<number, number>();
    for (let i = 0; i < 400; i += 1) {
      const body = wound(multipart('frontier'));
      const isChunked = random() < 0.3;
      const headers: Record<string, string> = {
        'content-type': pick([
          ...Array.from({ length: 12 }, () => 'multipart/form-data; boundary=frontier'),
          'multipart/form-data',
          'multipart/form-data; boundary=',
          'multipart/form-data; boundary="fron',
          `multipart/form-data; boundary=${'b'.repeat(300)}`,
        ]),
        ...(isChunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': String(body.length) }),
      };
      const sent = isChunked
        ? Buffer.from(`${body.length.toString(16)}\r\n${body.toString('latin1')}\r\n0\r\n\r\n`, 'latin1')
        : body;
      const path = pick(['/v1/workspaces/demo/documents', '/trpc/documents.upload', '/openai/v1/files']);
      const status = statusOf(await sendRaw([head('POST', path, headers), sent], { end: false }));
      expect(status, `${path} ${JSON.stringify(body.toString('latin1'))}`).toBeLessThan(500);
      seen.set(status, (seen.get(status) ?? 0) + 1);
    }
    console.log(`statuses of wounded forms: ${JSON.stringify(Object.fromEntries(seen))}`);
    await expectUnharmed(before);
  });

  it('includes truncated bodies for every operation', async () => {
    const before = linux ? handles() : 0;
    const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { requestBody?: object }>>;
    };
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, { requestBody }] of Object.entries(operations)) {
        if (!requestBody) continue;
        const target = `/v1${path.replace(/\{[^}]+\}/g, 'demo')}`;
        const headers = { 'content-type': 'application/json', 'content-length': '5000' };
        await sendRaw([head(method.toUpperCase(), target, headers), '{"name": "half a bo'], { waitMs: 200 });
        const chunked = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
        await sendRaw([head(method.toUpperCase(), target, chunked), 'ffff\r\n{"name": "half'], { waitMs: 200 });
      }
    }
    await expectUnharmed(before);
  });

  it('gets a clear 4xx for a wrong media type or invalid JSON', async () => {
    const types = [
      'text/plain',
      'application/xml',
      'application/x-www-form-urlencoded',
      'application/json; charset=utf-16',
      'nonsense',
      '',
    ];
    const bodies = [
      '{"name":',
      '[1,2]',
      '"text"',
      'null',
      '\u0000',
      'name=x',
      '{"__proto__":{"polluted":1},"name":7}',
      '['.repeat(50_000),
    ];
    for (const type of types) {
      for (const body of bodies) {
        for (const path of [
          '/v1/workspaces',
          '/v1/workspaces/demo/search',
          '/v1/webhooks',
          '/v1/workspaces/demo/documents',
        ]) {
          const response = await fetch(`${server.url}${path}`, {
            method: 'POST',
            headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': type },
            body,
          });
          expect(response.status, `${path} ${type} ${body.slice(0, 20)}`).toBeGreaterThanOrEqual(400);
          expect(response.status, `${path} ${type} ${body.slice(0, 20)}`).toBeLessThan(500);
          expect(await response.json()).toMatchObject({ code: expect.any(String), requestId: expect.any(String) });
        }
      }
    }
  });

  it('closes only its own connection after oversized headers or invalid HTTP', async () => {
    const before = linux ? handles() : 0;
    const huge = head('GET', '/v1/me', { 'x-huge': 'a'.repeat(100_000) });
    expect(statusOf(await sendRaw([huge], { end: false }))).toBe(431);
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`x-${i}`, 'v']));
    expect([431, 400, 200]).toContain(statusOf(await sendRaw([head('GET', '/v1/me', many)], { end: false })));
    const odd = [
      'GET /v1/me HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer \u00ff\u00fe\r\n\r\n',
      'GET /v1/%ff%fe%00 HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n',
      `GET /v1/${'a/'.repeat(4000)} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`,
      'GET /v1/me HTTP/1.1\r\nhost: localhost\r\nrange: bytes=0-,,,\r\nlast-event-id: \u0000\r\n\r\n',
      'POST /v1/workspaces HTTP/1.1\r\nhost: localhost\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\n{}',
      'POST /v1/workspaces HTTP/1.1\r\nhost: localhost\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      'POST /v1/workspaces HTTP/1.1\r\nhost: localhost\r\ncontent-length: -1\r\n\r\n',
      'BREW /v1/pot HTCPCP/1.0\r\n\r\n',
      '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc',
    ];
    for (const request of odd) {
      const reply = await sendRaw([Buffer.from(request, 'latin1')], { waitMs: 1000 });
      if (reply !== '') expect(statusOf(reply), request.slice(0, 60)).toBeLessThan(500);
    }
    await expectUnharmed(before);
  });

  it('does not block other requests with 200 slow clients', async () => {
    const before = linux ? handles() : 0;
    const text = head('POST', '/v1/workspaces', { 'content-type': 'application/json', 'content-length': '20' });
    const sockets = await Promise.all(
      Array.from({ length: 200 }, () => {
        return new Promise<Socket>((resolve, reject) => {
          const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => resolve(socket));
          socket.once('error', reject);
        });
      }),
    );
    // Half of them stop inside the headers, half inside the body.
    for (const [i, socket] of sockets.entries()) socket.write(i % 2 === 0 ? text.slice(0, 40) : `${text}{"na`);
    for (let i = 0; i < 20; i += 1) {
      expect(
        (await fetch(`${server.url}/v1/me`, { headers: { authorization: `Bearer ${server.apiKey}` } })).status,
      ).toBe(200);
      for (const socket of sockets) socket.write(i < 10 ? '' : ' ');
    }
    for (const socket of sockets) socket.destroy();
    await expectUnharmed(before);
    const names = (await lorebox.workspaces.list().toArray(10)).map(({ name }) => name);
    expect(names.filter((name) => name !== 'Files')).toEqual(['demo']); // uploads of earlier tests have created "Files"
  });
});
