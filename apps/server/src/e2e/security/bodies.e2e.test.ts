import { once } from 'node:events';
import { request } from 'node:http';
import { Lorebox } from '@lorebox/sdk';
import { longestHealthWait } from '@lorebox/testkit/health-probe';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

const MB = 1024 * 1024;
/** Before there were limits, parsing these bodies took seconds. A busy test machine needs some time even so. */
const MAX_WAIT_MS = 1500;

let server: LoreboxProcess;
let workspace: string;

beforeAll(async () => {
  server = await startLorebox({ env: { LOREBOX_BODY_IDLE_SECONDS: '1' } });
  const admin = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  workspace = (await admin.api.workspaces.create.mutate({ name: 'Bodies' })).slug;
});
afterAll(() => server.dispose());

interface Answer {
  /** 0 if the connection was closed without a response. */
  status: number;
  body: string;
}

/** Sends a body in chunks until the server stops reading, and returns the response. */
function send(path: string, pieces: Iterable<string>, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve) => {
    const sent = request(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked', ...headers },
    });
    let isOver = false;
    const over = Promise.withResolvers<void>();
    const end = (answer: Answer) => {
      isOver = true;
      over.resolve();
      resolve(answer);
    };
    sent.on('response', (response) => {
      let body = '';
      response.on('data', (chunk) => (body += chunk));
      response.on('error', () => {});
      response.on('close', () => end({ status: response.statusCode ?? 0, body }));
    });
    sent.on('error', () => setImmediate(() => !isOver && end({ status: 0, body: '' })));
    void (async () => {
      for (const piece of pieces) {
        if (isOver || sent.destroyed) return;
        if (!sent.write(piece)) await Promise.race([once(sent, 'drain'), over.promise]);
      }
      sent.end();
    })();
  });
}

function* repeated(start: string, piece: string, bytes: number): Generator<string> {
  yield start;
  const block = piece.repeat(Math.ceil(65_536 / piece.length));
  for (let sent = 0; sent < bytes; sent += block.length) yield block;
}

const withKey = () => ({ authorization: `Bearer ${server.apiKey}` });
const cases: [string, string, string][] = [
  ['objects without end', '{"json":[', '{},'],
  ['a bigint of digits', '{"meta":{"values":["bigint"]},"json":"', '9'],
  ['levels without end', '{"json":', '['],
  ['quotes', '{"json":', '"'],
  ['text', '{"json":"', 'xyz '],
];

describe('no endpoint reads a large body without a credential', () => {
  const surfaces = [
    '/trpc/auth.login',
    '/trpc/auth.login?batch=1',
    '/trpc/auth.login,auth.setup?batch=1',
    '/v1/sessions',
  ];
  it.each(surfaces.flatMap((path) => cases.map((hostile) => [path, ...hostile] as const)))(
    '%s: %s',
    async (path, _name, start, piece) => {
      let answer: Answer | undefined;
      const { ms } = await longestHealthWait(server.url, async () => {
        answer = await send(path, repeated(start, piece, 60 * MB));
      });
      expect([0, 413]).toContain(answer?.status);
      expect(ms).toBeLessThan(MAX_WAIT_MS);
    },
  );

  it.each([
    '/trpc/documents.importTexts',
    '/trpc/chat.ask',
    '/v1/workspaces/bodies/texts',
    '/openai/v1/chat/completions',
    '/openai/v1/responses',
    '/openai/v1/vector_stores/bodies/file_batches',
    '/v1/workspaces/bodies/documents',
    '/trpc/documents.upload',
  ])('%s is rejected before its body is read', async (path) => {
    const type =
      path.endsWith('documents') || path.endsWith('upload') ? 'multipart/form-data; boundary=b' : 'application/json';
    const { status } = await send(path, repeated('{"json":"', 'x', 100 * MB), { 'content-type': type });
    expect([0, 401]).toContain(status);
  });

  it('forms and other media types are not parsed as JSON', async () => {
    for (const type of ['multipart/form-data; boundary=b', 'application/octet-stream', 'text/plain']) {
      const { status } = await send('/trpc/auth.login', repeated('--b\r\n', 'x', 10 * MB), { 'content-type': type });
      expect([0, 400, 415], type).toContain(status);
    }
  });
});

describe('with a credential', () => {
  const hostile = [
    ['/trpc/workspaces.create', 100],
    ['/trpc/documents.importTexts', 100],
    ['/v1/workspaces', 100],
    ['/v1/workspaces/bodies/texts', 100],
    ['/openai/v1/chat/completions', 100],
    ['/trpc/documents.importTexts', 1],
    ['/v1/workspaces/bodies/texts', 1],
    ['/openai/v1/chat/completions', 1],
    ['/openai/v1/responses', 1],
  ] as const;
  it.each(hostile.flatMap(([path, megabytes]) => cases.map((one) => [path, megabytes, ...one] as const)))(
    '%s of %i MB does not block other requests: %s',
    async (path, megabytes, _name, start, piece) => {
      let answer: Answer | undefined;
      const { ms } = await longestHealthWait(server.url, async () => {
        answer = await send(path, repeated(start, piece, megabytes * MB), withKey());
      });
      expect([0, 400, 413]).toContain(answer?.status);
      expect(ms).toBeLessThan(MAX_WAIT_MS);
    },
  );

  it('a text of 100 MB is accepted without blocking other requests', async () => {
    function* body() {
      yield '{"items":[{"externalId":"long","text":"';
      const sentence = 'A long text has many sentences, and each of them says something. '.repeat(1000);
      for (let sent = 0; sent < 95 * MB; sent += sentence.length) yield sentence;
      yield '"}]}';
    }
    let answer: Answer | undefined;
    const { ms } = await longestHealthWait(server.url, async () => {
      answer = await send('/v1/workspaces/bodies/texts', body(), withKey());
    });
    expect(answer?.status).toBe(202);
    expect(ms).toBeLessThan(MAX_WAIT_MS);
    const admin = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
    const [document] = await admin.documents.list(workspace).toArray();
    await admin.api.documents.deleteMany.mutate({ workspace, documentIds: [document?.id ?? ''] });
  });

  it('superjson metadata may only mark dates', async () => {
    const call = (body: unknown) => send('/trpc/workspaces.create', [JSON.stringify(body)], withKey());
    for (const meta of [
      { values: ['bigint'] },
      { values: { name: ['regexp'] } },
      { values: 5 },
      7,
      'x',
      { values: { 'a.b': 1 } },
    ]) {
      const { status, body } = await call({ json: { name: 'x' }, meta });
      expect(status, `${JSON.stringify(meta)}: ${body}`).toBe(400);
    }
  });

  it('a stalled body is aborted', async () => {
    for (const [path, headers] of [
      ['/v1/workspaces', withKey()],
      ['/trpc/auth.login', {}],
      ['/v1/workspaces/bodies/documents', { ...withKey(), 'content-type': 'multipart/form-data; boundary=b' }],
    ] as const) {
      const answer = await new Promise<number>((resolve) => {
        const headers_ = { 'content-type': 'application/json', 'content-length': '1000', ...headers };
        const sent = request(`${server.url}${path}`, { method: 'POST', headers: headers_ });
        sent.on('response', (response) => resolve(response.statusCode ?? 0));
        sent.on('error', () => resolve(0));
        sent.write('--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n');
      });
      expect(answer, path).toBe(408);
    }
  });
});

describe('a WebSocket', () => {
  const open = (headers: Record<string, string> = {}) =>
    new WebSocket(`${server.url.replace('http', 'ws')}/trpc-ws`, { headers });
  const closed = (socket: WebSocket) =>
    new Promise<number>((resolve) => socket.on('close', resolve).on('error', () => {}));
  const ask = (socket: WebSocket, message: unknown) =>
    new Promise<string>((resolve) => {
      socket.once('message', (data) => resolve(String(data)));
      socket.send(JSON.stringify(message));
    });
  const opened = (socket: WebSocket) => new Promise((resolve) => socket.once('open', resolve));

  it('accepts 64 KB per message before authentication and 1 MB after it', async () => {
    const anonymous = open();
    await opened(anonymous);
    anonymous.send('x'.repeat(65 * 1024));
    expect(await closed(anonymous)).toBe(1009);
    const known = open(withKey());
    await opened(known);
    const large = {
      id: 1,
      jsonrpc: '2.0',
      method: 'mutation',
      params: { path: 'workspaces.create', input: { json: { name: 'x'.repeat(500_000) } } },
    };
    expect(await ask(known, large)).toContain('BAD_REQUEST');
    known.send(`[${'{},'.repeat(200_000)}{}]`);
    expect(await closed(known)).toBe(1009);
  });

  it('closes after too many messages before authentication', async () => {
    const socket = open();
    await opened(socket);
    const end = closed(socket);
    for (let i = 0; i < 300; i += 1)
      socket.send(JSON.stringify({ id: i, method: 'query', params: { path: 'auth.me' } }));
    expect(await end).toBe(1008);
  });
});
