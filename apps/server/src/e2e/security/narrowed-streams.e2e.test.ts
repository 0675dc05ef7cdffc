import type { Scope } from '@lorebox/contract/actor';
import { Lorebox } from '@lorebox/sdk';
import { type FakeOllama, startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf } from './code-of.ts';

/** An open stream ends within seconds when its caller loses the permission to open it. */
const PASSWORD = 'long enough for all';
const SCOPES: Scope[] = ['chat', 'documents:read', 'events:read', 'models:write', 'workspaces:read'];

let ollama: FakeOllama;
let server: LoreboxProcess;
let admin: Lorebox;

const as = (apiKey: string, transport: 'http' | 'ws' = 'http') =>
  new Lorebox({ baseUrl: server.url, apiKey, transport });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

beforeAll(async () => {
  ollama = await startFakeOllama();
  ollama.reply = Array.from({ length: 2000 }, (_, i) => `word${i} `);
  ollama.delayMs = 2000;
  server = await startLorebox({
    env: {
      LOREBOX_ADMIN_USERNAME: 'root',
      LOREBOX_ADMIN_PASSWORD: PASSWORD,
      LOREBOX_OLLAMA_URL: ollama.url,
    },
  });
  admin = as(server.apiKey);
  await admin.workspaces.create({ name: 'demo' });
});
afterAll(async () => {
  await server.dispose();
  await ollama.close();
});

interface Handlers {
  onData(): void;
  onError(error: unknown): void;
  onComplete(): void;
}

/** Returns the error code that a stream ends with. */
function endOf(subscribe: (handlers: Handlers) => { unsubscribe(): void }): Promise<string> {
  return codeOf(
    () =>
      new Promise((resolve, reject) => {
        const stream = subscribe({
          onData: () => {},
          onError(error) {
            stream.unsubscribe();
            reject(error);
          },
          onComplete: () => resolve(null),
        });
      }),
  );
}

function openStreams({ api }: Lorebox, answerId: string, names: readonly string[]): Record<string, Promise<string>> {
  const streams: Record<string, () => Promise<string>> = {
    'chat.watch': () => endOf((handlers) => api.chat.watch.subscribe({ answerId }, handlers)),
    'chat.answer': () =>
      endOf((handlers) => api.chat.answer.subscribe({ workspace: 'demo', question: 'Count.' }, handlers)),
    'documents.watch': () => endOf((handlers) => api.documents.watch.subscribe({ workspace: 'demo' }, handlers)),
    'events.watch': () => endOf((handlers) => api.events.watch.subscribe(undefined, handlers)),
    'models.pull': () => endOf((handlers) => api.models.pull.subscribe({ id: 'ollama:llama3.2' }, handlers)),
  };
  return Object.fromEntries(names.map((name) => [name, streams[name]?.() ?? Promise.resolve('missing')]));
}

async function restEnd(credential: string, path: string): Promise<string> {
  const headers = { authorization: `Bearer ${credential}`, accept: 'text/event-stream' };
  const response = await fetch(`${server.url}/v1${path}`, { headers });
  const text = await response.text();
  return /"code":"(\w+)"/.exec(text.slice(text.lastIndexOf('event: error')))?.[1] ?? text.slice(-200);
}

/** Opens streams over every transport, reduces the caller's permissions, and returns how each stream ended. */
async function endsAfter(credential: string, names: readonly string[], narrow: () => Promise<unknown>) {
  const { answerId } = await as(credential).ask({ workspace: 'demo', question: 'Count.' }).started;
  const [http, ws] = [as(credential), as(credential, 'ws')];
  const rest = {
    'chat.watch': `/answers/${answerId}/events`,
    'documents.watch': '/workspaces/demo/documents/events',
    'events.watch': '/events/stream',
  };
  const open = [
    ...Object.entries(openStreams(http, answerId, names)).map(([name, end]) => [`http ${name}`, end] as const),
    ...Object.entries(openStreams(ws, answerId, names)).map(([name, end]) => [`ws ${name}`, end] as const),
    ...Object.entries(rest)
      .filter(([name]) => names.includes(name))
      .map(([name, path]) => [`rest ${name}`, restEnd(credential, path)] as const),
  ];
  await pause(500);
  await narrow();
  const ends = await Promise.all(
    open.map(async ([name, end]) => `${name}: ${await Promise.race([end, pause(15_000).then(() => 'still open')])}`),
  );
  ws.close();
  return { names: open.map(([name]) => name), ends };
}

const ALL = ['chat.watch', 'chat.answer', 'documents.watch', 'events.watch', 'models.pull'];

describe('open streams', () => {
  it('of a key that loses a scope end with FORBIDDEN', async () => {
    const { id: keyId, key } = await admin.apiKeys.create({ name: 'k', scopes: SCOPES });
    const scopes = SCOPES.filter((scope) => scope !== 'workspaces:read');
    const { names, ends } = await endsAfter(key, ALL, () => admin.apiKeys.update(keyId, { scopes }));
    expect(names).toHaveLength(13);
    expect(ends).toEqual(names.map((name) => `${name}: FORBIDDEN`));
  });

  it('of a key whose owner is demoted end with FORBIDDEN', async () => {
    const user = await admin.users.create({ username: 'boss', password: PASSWORD, role: 'admin' });
    const { sessionToken } = await admin.auth.login({ username: 'boss', password: PASSWORD });
    const { key } = await as(sessionToken).apiKeys.create({ name: 'k', scopes: ['*'] });
    const { names, ends } = await endsAfter(key, ALL, () => admin.users.update(user.id, { role: 'manager' }));
    expect(ends).toEqual(names.map((name) => `${name}: FORBIDDEN`));
  });

  it('of a member who is removed from the workspace end with NOT_FOUND', async () => {
    const { id: userId } = await admin.users.create({ username: 'guest', password: PASSWORD });
    await admin.workspaces.setMember('demo', userId, 'viewer');
    const { sessionToken } = await admin.auth.login({ username: 'guest', password: PASSWORD });
    const streams = ['chat.watch', 'chat.answer', 'documents.watch'];
    const { names, ends } = await endsAfter(sessionToken, streams, () => admin.workspaces.removeMember('demo', userId));
    expect(ends).toEqual(names.map((name) => `${name}: NOT_FOUND`));
  });

  it('of the OpenAI API end as well', async () => {
    const { id: keyId, key } = await admin.apiKeys.create({
      name: 'k',
      scopes: ['chat', 'workspaces:read', 'models:read'],
    });
    const streamOf = async (path: string, model: string) => {
      const question = path === 'responses' ? { input: 'Count.' } : { messages: [{ role: 'user', content: 'Count.' }] };
      const response = await fetch(`${server.url}/openai/v1/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model, stream: true, ...question }),
      });
      return (await response.text()).trim().split('\n').at(-1) ?? '';
    };
    const models = ['workspace:demo', 'ollama:llama3.2'];
    const paths = ['chat/completions', 'responses'];
    const ends = Promise.all(paths.flatMap((path) => models.map((model) => streamOf(path, model))));
    await pause(500);
    await admin.apiKeys.update(keyId, { scopes: ['workspaces:read'] });
    for (const end of await ends) expect(end).toContain('insufficient_permissions');
  });
});
