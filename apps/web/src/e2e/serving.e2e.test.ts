import { request } from 'node:http';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MISSING } from './harness.ts';

let server: LoreboxProcess;

beforeAll(async () => {
  if (!MISSING) server = await startLorebox();
});
afterAll(() => server?.dispose());
beforeEach((context) => {
  if (MISSING) context.skip(MISSING);
});

interface Sent {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** Sends the path as it is; fetch would resolve `..` itself. */
function get(path: string, headers: Record<string, string> = {}): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    const sent = request({ hostname, port, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('the server gives the app', () => {
  it.each(['/', '/login', '/setup', '/w/demo', '/w/demo/t/thr_1?doc=x', '/s/token', '/admin/users', '/search?q=x'])(
    'as the page %s',
    async (path) => {
      const { status, headers, body } = await get(path);
      expect(status).toBe(200);
      expect(headers['content-type']).toContain('text/html');
      expect(body.toString()).toContain('id="root"');
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('unsafe-inline');
      expect(policy).toContain("frame-ancestors 'none'");
      expect(headers['x-frame-options']).toBe('DENY');
    },
  );

  it('never in place of an API: unknown paths are JSON errors', async () => {
    for (const path of [
      '/api/v1/auth',
      '/api/embed/x',
      '/v1/nothing',
      '/trpc/nothing',
      '/embed/x/y',
      '/nothing',
      '/assets/nothing.js',
    ]) {
      const { status, headers } = await get(path);
      expect(status, path).toBeGreaterThanOrEqual(400);
      expect(headers['content-type'], path).toContain('json');
    }
  });

  it('with files that may be kept forever, compressed if the client accepts it', async () => {
    const page = (await get('/')).body.toString();
    const [script = ''] = /\/assets\/vendor[^"]+/.exec(page) ?? [];
    const packed = await get(script, { 'accept-encoding': 'gzip, br' });
    expect(packed.headers).toMatchObject({
      'content-encoding': 'gzip',
      vary: expect.stringContaining('accept-encoding'),
    });
    expect(packed.headers['cache-control']).toContain('immutable');
    const plain = await get(script);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.body.length).toBeGreaterThan(packed.body.length * 2);
    const { headers } = await get('/');
    expect((await get('/', { 'if-none-match': String(headers.etag) })).status).toBe(304);
    expect((await get('/sw.js')).headers['cache-control']).toBe('no-cache');
  });

  it('and no file outside of it', async () => {
    for (const path of [
      '/assets/../../../package.json',
      '/assets/..%2f..%2fpackage.json',
      '/assets/%2e%2e/index.html',
      '/../package.json',
    ]) {
      const { body } = await get(path);
      expect(body.toString(), path).not.toContain('"scripts"');
    }
  });
});
