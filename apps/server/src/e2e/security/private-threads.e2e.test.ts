import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { appRouter } from '@lorebox/api/router';
import { collectRoutes, type Route } from '@lorebox/openapi';
import { Lorebox } from '@lorebox/sdk';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf } from './code-of.ts';
import { opened } from './procedure-calls.ts';

/** No procedure and no stream of any API shows or changes another person's thread in the same workspace. */
const PASSWORD = 'long enough for all';
/** In the question, and so in the title of its thread, but not in any document. */
const PLANTED = 'xylophonewedding';

interface Thread {
  workspace: string;
  threadId: string;
  messageId: string;
  replyId: string;
  answerId: string;
}

let server: LoreboxProcess;
let receiver: Server;
const received: string[] = [];
let root: Lorebox;
let alice: Lorebox;
let ada: Lorebox;
let workspace: string;
let ofAlice: Thread;
let ofAdasKey: Thread;
/** Name and credential of every caller who can see the workspace but none of Alice's threads. */
const others = new Map<string, string>();

const as = (apiKey: string, transport: 'http' | 'ws' = 'http') =>
  new Lorebox({ baseUrl: server.url, apiKey, transport });

async function addUser(
  username: string,
  role: 'admin' | 'manager' | 'member',
  member: 'viewer' | 'editor' | 'owner' | null,
) {
  const { id: userId } = await root.api.users.create.mutate({ username, password: PASSWORD, role });
  if (member) await root.api.workspaces.setMember.mutate({ workspace, userId, role: member });
  return (await root.api.auth.login.mutate({ username, password: PASSWORD })).sessionToken;
}

async function askPrivately(client: Lorebox, word: string): Promise<Thread> {
  const answer = client.ask({ workspace, question: `What is said about the ${word} and the lighthouse?` });
  await answer.final();
  const { answerId, threadId } = await answer.started;
  const [question, reply] = (await client.api.threads.messages.query({ threadId })).items;
  return { workspace, threadId, answerId, messageId: question?.id ?? '', replyId: reply?.id ?? '' };
}

beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    for await (const chunk of request) received.push(String(chunk));
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  server = await startLorebox({
    env: {
      LOREBOX_ADMIN_USERNAME: 'root',
      LOREBOX_ADMIN_PASSWORD: PASSWORD,
      LOREBOX_FETCH_ALLOW: '127.0.0.1:*',
    },
  });
  root = as(server.apiKey);
  workspace = (await root.api.workspaces.create.mutate({ name: 'Shared' })).id;
  await root.webhooks.create({ url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/` });
  const items = [{ externalId: 'a', title: 'Lighthouse', text: 'The lighthouse is forty metres high and white.' }];
  await root.api.documents.importTexts.mutate({ workspace, items });
  while ((await root.api.documents.summary.query({ workspace })).ready === 0)
    await new Promise((r) => setTimeout(r, 50));
  alice = as(await addUser('alice', 'member', 'editor'));
  others.set('viewer', await addUser('vera', 'member', 'viewer'));
  others.set('editor', await addUser('edgar', 'member', 'editor'));
  others.set('owner', await addUser('olga', 'member', 'owner'));
  others.set('manager', await addUser('mona', 'manager', null));
  const adaToken = await addUser('ada', 'admin', null);
  others.set('admin', adaToken);
  others.set('key with all scopes', server.apiKey);
  ada = as(adaToken);
  const keyOf = async (scopes: ['*'] | ['chat'], workspaceId: string | null) =>
    (await ada.api.apiKeys.create.mutate({ name: 'k', scopes, workspaceId })).key;
  others.set('bound key', await keyOf(['*'], workspace));
  others.set('chat-only key', await keyOf(['chat'], null));
  ofAlice = await askPrivately(alice, PLANTED);
  ofAdasKey = await askPrivately(as(await keyOf(['*'], null)), 'word of the key');
});
afterAll(async () => {
  await server.dispose();
  receiver.closeAllConnections();
  receiver.close();
});

function privateCalls({ api }: Lorebox, ids: Thread): Record<string, () => Promise<unknown>> {
  const { threadId, messageId, replyId, answerId } = ids;
  const asked = { workspace, threadId, question: 'And now?' };
  return {
    'chat.ask': () => api.chat.ask.mutate(asked),
    'chat.answer': () => opened((callbacks) => api.chat.answer.subscribe(asked, callbacks)),
    'chat.watch': () => opened((callbacks) => api.chat.watch.subscribe({ answerId }, callbacks)),
    'chat.cancel': () => api.chat.cancel.mutate({ answerId }),
    'chat.regenerate': () => api.chat.regenerate.mutate({ messageId: replyId }),
    'chat.editAndResend': () => api.chat.editAndResend.mutate({ messageId, question: 'x' }),
    'chat.get': () => api.chat.get.query({ answerId }),
    'chat.details': () => api.chat.details.query({ messageId: replyId }),
    'threads.get': () => api.threads.get.query({ threadId }),
    'threads.getMessage': () => api.threads.getMessage.query({ messageId }),
    'threads.update': () => api.threads.update.mutate({ threadId, title: 'x' }),
    'threads.messages': () => api.threads.messages.query({ threadId }),
    'threads.deleteMessage': () => api.threads.deleteMessage.mutate({ messageId }),
    'threads.branch': () => api.threads.branch.mutate({ messageId }),
    'shares.create': () => api.shares.create.mutate({ threadId }),
    'comments.create': () => api.comments.create.mutate({ messageId, text: 'x' }),
    'comments.list': () => api.comments.list.query({ threadId }),
    'threads.rateMessage': () => api.threads.rateMessage.mutate({ messageId: replyId, feedback: 'up', share: true }),
    'threads.delete': () => api.threads.delete.mutate({ threadId }),
  };
}

/** Sends a REST request with the IDs of a thread in every place where the route accepts IDs. */
function request(route: Route, ids: Thread): { path: string; body: string | null; namesPrivate: boolean } {
  const values: Record<string, string> = {
    ...ids,
    messageId: route.id.endsWith('rateMessage') ? ids.replyId : ids.messageId,
  };
  const path = route.meta.path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? 'unknown_00000');
  const hasBody = route.meta.method !== 'GET' && route.meta.method !== 'DELETE';
  const namesPrivate = /\{(threadId|messageId|answerId)\}/.test(route.meta.path);
  const fields = Object.entries({ question: 'x', title: 'x', feedback: 'up', text: 'x' });
  const body = Object.fromEntries(fields.filter(([name]) => route.bodyProperties.includes(name)));
  return { path, body: hasBody ? JSON.stringify(body) : null, namesPrivate };
}

async function rest(credential: string, method: string, path: string, body: string | null) {
  const headers = {
    authorization: `Bearer ${credential}`,
    ...(body !== null && { 'content-type': 'application/json' }),
  };
  const signal = AbortSignal.timeout(1500);
  const response = await fetch(server.url + path, { method, headers, body, signal });
  return { status: response.status, text: await response.text().catch(() => '') };
}

const routes = collectRoutes(appRouter);
const privateRoutes = routes.filter((route) => request(route, ofAlice ?? ({} as Thread)).namesPrivate);

describe('a private thread in a shared workspace', () => {
  it('returns NOT_FOUND to other callers from every procedure, over HTTP and WebSocket', async () => {
    for (const transport of ['http', 'ws'] as const) {
      for (const [who, credential] of others) {
        const client = as(credential, transport);
        for (const [name, call] of Object.entries(privateCalls(client, ofAlice)))
          expect(await codeOf(call), `${transport}: ${who}: ${name}`).toBe('NOT_FOUND');
        client.close();
      }
    }
  });

  it('returns NOT_FOUND from every REST route that accepts one of its IDs', async () => {
    expect(privateRoutes.length).toBeGreaterThan(7);
    for (const [who, credential] of others) {
      for (const route of privateRoutes) {
        const { path, body } = request(route, ofAlice);
        const { status } = await rest(credential, route.meta.method, `/v1${path}`, body);
        expect(status, `${who}: ${route.id}`).toBe(404);
      }
    }
  });

  it("cannot be referenced in a question over OpenAI's API", async () => {
    const reference = { type: 'item_reference', id: ofAlice.answerId.replace('ans_', 'msg_') };
    const body = { model: `workspace:${workspace}`, input: [reference, { role: 'user', content: 'What was said?' }] };
    for (const [who, credential] of others) {
      const { status, text } = await rest(credential, 'POST', '/openai/v1/responses', JSON.stringify(body));
      expect([status, text.includes('is not stored')], who).toEqual([400, true]);
    }
  });

  it('does not leak into any list, stream or event of other callers', async () => {
    const readable = routes.filter(({ meta, id }) => meta.method === 'GET' && id !== 'models.list');
    const openai = ['/models', '/files', '/vector_stores'].map((path) => `/openai/v1${path}?workspace=${workspace}`);
    for (const [who, credential] of others) {
      const paths = [...readable.map((route) => `/v1${request(route, ofAlice).path}`), ...openai];
      const answers = await Promise.all(
        paths.map(async (path) => ({
          path,
          ...(await rest(credential, 'GET', path, null).catch(() => ({ text: '' }))),
        })),
      );
      for (const { path, text } of answers) {
        expect(text, `${who}: ${path}`).not.toContain(PLANTED);
        if (!path.includes('/events')) expect(text, `${who}: ${path}`).not.toContain(ofAlice.threadId);
      }
    }
    expect(received.length).toBeGreaterThan(0);
    expect(received.join()).not.toContain(PLANTED);
  });

  it('of a key is visible to the key and its owner, but not to other keys or admins', async () => {
    const { items } = await ada.api.threads.list.query({ workspace });
    expect(items.map(({ id }) => id)).toEqual([ofAdasKey.threadId]);
    expect(await codeOf(() => ada.api.threads.messages.query({ threadId: ofAdasKey.threadId }))).toBe('OK');
    for (const [who, credential] of others) {
      if (who === 'admin') continue;
      for (const [name, call] of Object.entries(privateCalls(as(credential), ofAdasKey)))
        expect(await codeOf(call), `${who}: ${name}`).toBe('NOT_FOUND');
    }
    expect((await alice.api.threads.list.query({ workspace })).items.map(({ id }) => id)).toEqual([ofAlice.threadId]);
  });

  it('becomes a test question of the workspace only when its owner shares it', async () => {
    const owners = ['owner', 'manager', 'admin', 'key with all scopes', 'bound key'].map((who) =>
      as(others.get(who) ?? ''),
    );
    await alice.threads.rate(ofAlice.replyId, 'up');
    for (const { api } of owners)
      expect(await api.evals.importFeedback.mutate({ workspace })).toEqual({ added: 0, replaced: 0 });
    await alice.threads.rate(ofAlice.replyId, 'up', { share: true });
    expect(await owners[0]?.api.evals.importFeedback.mutate({ workspace })).toEqual({ added: 1, replaced: 0 });
  });

  it('can be read by members when its owner shares it, but not be changed', async () => {
    const { threadId } = await askPrivately(alice, 'harbour');
    await alice.threads.update(threadId, { visibility: 'workspace' });
    for (const [who, credential] of others) {
      const { api } = as(credential);
      const { items } = await api.threads.list.query({ workspace, shared: true });
      expect(
        items.map(({ id, mine }) => [id, mine]),
        who,
      ).toEqual([[threadId, false]]);
      expect((await api.threads.messages.query({ threadId })).items, who).toHaveLength(2);
      expect(await codeOf(() => api.threads.update.mutate({ threadId, title: 'x' })), who).toBe('FORBIDDEN');
      expect(await codeOf(() => api.threads.delete.mutate({ threadId })), who).toBe('FORBIDDEN');
      const asked = { workspace, threadId, question: 'And now?' };
      expect(await codeOf(() => api.chat.ask.mutate(asked)), who).toBe('FORBIDDEN');
    }
    await alice.threads.delete(threadId);
  });

  it('is not replayed to another caller with the same Idempotency-Key', async () => {
    const ask = async (credential: string) => {
      const response = await fetch(`${server.url}/v1/workspaces/${workspace}/answers`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${credential}`,
          'content-type': 'application/json',
          'idempotency-key': 'the-same-for-both',
        },
        body: JSON.stringify({ question: 'How high is it?' }),
      });
      return ((await response.json()) as { threadId: string }).threadId;
    };
    const [first, second] = [await ask(others.get('editor') ?? ''), await ask(others.get('viewer') ?? '')];
    expect(first).not.toBe(second);
  });
});
