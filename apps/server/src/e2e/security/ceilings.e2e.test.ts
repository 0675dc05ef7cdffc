import { request } from 'node:http';
import { Lorebox, LoreboxError } from '@lorebox/sdk';
import { type FakeOllama, startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

const ADMIN = { username: 'root', password: 'correct horse battery' };
let ollama: FakeOllama;
let server: LoreboxProcess;
let admin: Lorebox;
let workspace: string;

beforeAll(async () => {
  ollama = await startFakeOllama();
  ollama.reply = Array.from({ length: 1000 }, (_, i) => `word${i} `);
  ollama.delayMs = 50;
  server = await startLorebox({
    env: {
      LOREBOX_ADMIN_USERNAME: ADMIN.username,
      LOREBOX_ADMIN_PASSWORD: ADMIN.password,
      LOREBOX_OLLAMA_URL: ollama.url,
      LOREBOX_MAX_ANSWERS: '2',
      LOREBOX_MAX_WORKSPACE_ANSWERS: '3',
      LOREBOX_MAX_STREAMS: '5',
      LOREBOX_MAX_SOCKET_STREAMS: '3',
      LOREBOX_MAX_UPLOADS: '2',
      LOREBOX_MAX_DOCUMENTS: '10',
      LOREBOX_MAX_ADDRESS_SOCKETS: '4',
    },
  });
  admin = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey, maxRetries: 0 });
  workspace = (await admin.api.workspaces.create.mutate({ name: 'Ceilings' })).slug;
});
afterAll(async () => {
  await server.dispose();
  await ollama.close();
});

const withKey = (key = server.apiKey) => ({ authorization: `Bearer ${key}` });
const json = { 'content-type': 'application/json' };
const post = (path: string, body: unknown, headers: Record<string, string> = withKey()) =>
  fetch(`${server.url}${path}`, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) });

async function codeOf(run: () => Promise<unknown>): Promise<string> {
  try {
    await admin.call(run);
    return 'OK';
  } catch (error) {
    return error instanceof LoreboxError ? error.code : String(error);
  }
}

/** Sends a login from an address in the loopback range. */
function login(username: string, password: string, localAddress: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(`${server.url}/v1/sessions`, { method: 'POST', headers: json, localAddress });
    sent.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end(JSON.stringify({ username, password }));
  });
}

describe('signing in', () => {
  it.skipIf(process.platform !== 'linux')('does not let a stranger lock out other users', async () => {
    const codes: number[] = [];
    for (let i = 0; i < 300; i += 1) codes.push(await login(i % 2 ? 'root' : `user${i}`, 'wrong', '127.0.0.66'));
    expect(new Set(codes)).toEqual(new Set([401, 429]));
    expect(codes.filter((code) => code === 401).length).toBeLessThanOrEqual(32);
    expect(await login(ADMIN.username, ADMIN.password, '127.0.0.1')).toBe(201);
    expect((await post('/v1/setup', { token: 'x', username: 'me', password: ADMIN.password }, {})).status).toBe(409);
  });
});

describe('concurrent answers', () => {
  const question = { question: 'Tell me everything.' };

  it('are limited per caller and per workspace on every API', async () => {
    const started = await Promise.all([1, 2].map(() => admin.api.chat.ask.mutate({ workspace, ...question })));
    const completion = { model: `workspace:${workspace}`, messages: [{ role: 'user', content: 'Hello?' }] };
    const refused = await Promise.all([
      post('/trpc/chat.ask', { json: { workspace, ...question } }),
      post(`/v1/workspaces/${workspace}/answers`, question),
      post(`/v1/workspaces/${workspace}/ask`, question),
      post('/openai/v1/chat/completions', completion),
      post('/openai/v1/responses', { model: completion.model, input: 'Hello?' }),
      post('/openai/v1/chat/completions', { ...completion, model: 'ollama:llama3.2:latest' }),
    ]);
    for (const response of refused) {
      const text = await response.text();
      expect(response.status, text).toBe(429);
      expect(text).toContain('2 answers in progress');
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    const ws = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey, transport: 'ws', maxRetries: 0 });
    expect(await codeOf(() => ws.api.chat.ask.mutate({ workspace, ...question }))).toBe('RATE_LIMITED');
    ws.close();

    const scopes = ['chat', 'workspaces:read'] as const;
    const other = await admin.api.apiKeys.create.mutate({ name: 'other', scopes: [...scopes] });
    const ask = () => post(`/v1/workspaces/${workspace}/answers`, question, withKey(other.key));
    expect((await ask()).status).toBe(202);
    const full = await ask();
    expect(full.status).toBe(429);
    expect(await full.text()).toContain('in this workspace');

    await Promise.all(started.map(({ answerId }) => admin.api.chat.cancel.mutate({ answerId })));
    await expect.poll(() => codeOf(() => admin.api.chat.ask.mutate({ workspace, ...question }))).toBe('OK');
  });
});

describe('streams', () => {
  it('are limited per caller and per WebSocket, and slots are released', async () => {
    const url = `${server.url}/v1/workspaces/${workspace}/documents/events`;
    const open = async () => {
      const controller = new AbortController();
      const headers = { ...withKey(), accept: 'text/event-stream' };
      const response = await fetch(url, { headers, signal: controller.signal });
      return { status: response.status, close: () => controller.abort() };
    };
    const streams = await Promise.all(Array.from({ length: 8 }, open));
    expect(streams.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
    for (const { close } of streams) close();
    await expect
      .poll(async () => {
        const { status, close } = await open();
        close();
        return status;
      })
      .toBe(200);

    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/trpc-ws`, { headers: withKey() });
    await new Promise((resolve) => socket.once('open', resolve));
    let refused = 0;
    socket.on('message', (data) => (refused += String(data).includes('open on this WebSocket') ? 1 : 0));
    const params = { path: 'documents.watch', input: { json: { workspace } } };
    for (let id = 1; id <= 30; id += 1) socket.send(JSON.stringify({ id, method: 'subscription', params }));
    await expect.poll(() => refused, { timeout: 5000 }).toBeGreaterThanOrEqual(25);
    socket.terminate();
  });

  it('WebSockets are limited per address', async () => {
    const sockets = Array.from({ length: 8 }, () => new WebSocket(`${server.url.replace('http', 'ws')}/trpc-ws`));
    const results = await Promise.all(
      sockets.map(
        (socket) =>
          new Promise((resolve) =>
            socket.on('open', () => resolve('open')).on('error', (error) => resolve(error.message)),
          ),
      ),
    );
    expect(results.filter((result) => result === 'open').length).toBeLessThanOrEqual(4);
    expect(results).toContain('Unexpected server response: 429');
    for (const socket of sockets) socket.terminate();
  });
});

describe('documents', () => {
  it('are limited per workspace on every upload path', async () => {
    const { slug } = await admin.api.workspaces.create.mutate({ name: 'Full' });
    const items = (count: number) => Array.from({ length: count }, (_, i) => ({ text: `Text number ${i}.` }));
    expect(await codeOf(() => admin.api.documents.importTexts.mutate({ workspace: slug, items: items(11) }))).toBe(
      'UNPROCESSABLE',
    );
    expect(await codeOf(() => admin.api.documents.importTexts.mutate({ workspace: slug, items: items(10) }))).toBe(
      'OK',
    );
    expect(await codeOf(() => admin.documents.upload(slug, [{ name: 'x.txt', data: new Blob(['x']) }]))).toBe(
      'UNPROCESSABLE',
    );
    const form = new FormData();
    form.append('file', new Blob(['x']), 'x.txt');
    const files = await fetch(`${server.url}/openai/v1/files`, {
      method: 'POST',
      headers: { ...withKey(), 'x-lorebox-workspace': slug },
      body: form,
    });
    expect(files.status).toBe(422);
  });

  it('concurrent uploads are limited per caller', async () => {
    const headers = { ...withKey(), 'content-type': 'multipart/form-data; boundary=b', 'transfer-encoding': 'chunked' };
    const upload = () => {
      const sent = request(`${server.url}/v1/workspaces/${workspace}/documents`, { method: 'POST', headers });
      const status = new Promise<number>((resolve) =>
        sent.on('response', (response) => resolve(response.statusCode ?? 0)).on('error', () => resolve(0)),
      );
      sent.write('--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n');
      return { sent, status };
    };
    const slow = [upload(), upload()];
    await expect
      .poll(async () => {
        const one = upload();
        one.sent.end('x\r\n--b--\r\n');
        return one.status;
      })
      .toBe(429);
    for (const { sent } of slow) sent.destroy();
  });
});

describe('cross-site requests', () => {
  it('change nothing, including streams opened with GET', async () => {
    const signedIn = await post('/v1/sessions', ADMIN, {});
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    const input = (value: unknown) => encodeURIComponent(JSON.stringify({ json: value }));
    const get = (path: string, headers: Record<string, string>) =>
      fetch(`${server.url}${path}`, { headers: { cookie, ...headers } }).then(async (response) => {
        await response.body?.cancel();
        return response.status;
      });
    const ask = `/trpc/chat.answer?input=${input({ workspace, question: 'Forged?' })}`;
    for (const path of [ask, `/trpc/models.pull?input=${input({ id: 'ollama:forged' })}`]) {
      for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }, {}] as Record<
        string,
        string
      >[]) {
        expect(await get(path, headers), path).toBe(403);
      }
    }
    const threads = await fetch(`${server.url}/v1/workspaces/${workspace}/threads`, { headers: { cookie } });
    expect(await threads.text()).not.toContain('Forged?');
    const crossSite = { 'sec-fetch-site': 'cross-site' };
    expect(await get(`/trpc/workspaces.list?input=${input({})}`, crossSite)).toBe(200);
    expect(await get(`/trpc/documents.watch?input=${input({ workspace })}`, crossSite)).toBe(200);
    expect(await get(ask, { 'sec-fetch-site': 'same-origin' })).toBe(200);
  });
});
