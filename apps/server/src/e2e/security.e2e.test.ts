import { appRouter } from '@lorebox/api/router';
import { Scope } from '@lorebox/contract/actor';
import { collectRoutes } from '@lorebox/openapi';
import { Lorebox, LoreboxError } from '@lorebox/sdk';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  adminCalls,
  first,
  foreignAdminCalls,
  foreignCalls,
  type Ids,
  WITHOUT_FOREIGN_IDS,
} from './security/procedure-calls.ts';
import { startConversation } from './security/start-conversation.ts';

let server: LoreboxProcess;
let admin: Lorebox;

beforeAll(async () => {
  server = await startLorebox({
    env: {
      LOREBOX_ADMIN_USERNAME: 'root',
      LOREBOX_ADMIN_PASSWORD: 'correct horse',
      LOREBOX_FETCH_ALLOW: 'localhost:*',
    },
  });
  admin = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
});
afterAll(() => server.dispose());

const as = (apiKey: string) => new Lorebox({ baseUrl: server.url, apiKey });

async function signIn(username: string, password = 'long enough') {
  const { sessionToken } = await admin.api.auth.login.mutate({ username, password });
  return as(sessionToken);
}

async function codeOf(run: () => Promise<unknown>): Promise<string> {
  try {
    await admin.call(run);
    return 'OK';
  } catch (error) {
    return error instanceof LoreboxError ? error.code : String(error);
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('hidden resources return NOT_FOUND', () => {
  let ids: Ids;
  let member: Lorebox;
  let boundKey: Lorebox;

  beforeAll(async () => {
    const user = await admin.api.users.create.mutate({ username: 'mallory', password: 'long enough' });
    member = await signIn('mallory');
    const { id: workspace } = await admin.api.workspaces.create.mutate({ name: 'Secret' });
    const own = await admin.api.workspaces.create.mutate({ name: 'Own' });
    await admin.api.workspaces.setMember.mutate({ workspace: own.id, userId: user.id, role: 'owner' });
    boundKey = as((await admin.api.apiKeys.create.mutate({ name: 'bound', scopes: ['*'], workspaceId: own.id })).key);
    const items = [{ externalId: 's', title: 'Secret', text: 'The secret is the word heliotrope.' }];
    const { documents } = await admin.api.documents.importTexts.mutate({ workspace, items });
    while ((await admin.api.documents.summary.query({ workspace })).ready === 0) await pause(50);
    const answer = admin.ask({ workspace, question: 'What is the secret word?' });
    await answer.final();
    const { answerId, threadId } = await answer.started;
    const [question, reply] = (await admin.api.threads.messages.query({ threadId })).items;
    const { id: webhookId } = await admin.webhooks.create({ url: 'http://localhost:9/' });
    const { id: deliveryId } = await admin.webhooks.test(webhookId);
    const feed = { connector: 'rss', config: { url: 'http://localhost:9/feed' }, skipCheck: true };
    const { id: sourceId } = await admin.sources.create(workspace, feed);
    await admin.evals.addQuestions(workspace, [{ question: 'Which word is secret?' }]);
    const [golden] = await admin.evals.listQuestions(workspace).toArray();
    const { id: runId } = await admin.evals.start(workspace);
    const { id: commentId } = await admin.comments.create(question?.id ?? '', 'x');
    const { id: promptId } = await admin.prompts.create({ title: 'x', text: 'x', workspace });
    const { id: shareId } = await admin.shares.create(threadId);
    const { widgetId, conversationId } = await startConversation(server.url, admin, workspace);
    ids = {
      workspace,
      documentId: documents[0]?.id ?? '',
      threadId,
      messageId: question?.id ?? '',
      replyId: reply?.id ?? '',
      answerId,
      userId: user.id,
      jobId: 'job_that_is_not_there',
      questionId: golden?.id ?? '',
      runId,
      webhookId,
      deliveryId,
      sourceId,
      shareId,
      promptId,
      commentId,
      widgetId,
      conversationId,
    };
  });

  it('covers every procedure', () => {
    const all = Object.keys(appRouter._def.procedures).sort();
    const named = [foreignCalls(admin, ids), foreignAdminCalls(admin, ids)].flatMap(Object.keys);
    expect([...named, ...WITHOUT_FOREIGN_IDS].sort()).toEqual(all);
  });

  it('for a member of another workspace, for a key bound to another workspace and for unknown IDs', async () => {
    const unknown = Object.fromEntries(Object.keys(ids).map((key) => [key, 'unknown_00000'])) as unknown as Ids;
    for (const [who, client, with_] of [
      ['member', member, ids],
      ['bound key', boundKey, ids],
      ['unknown ids', admin, unknown],
    ] as const) {
      for (const [name, call] of Object.entries(foreignCalls(client, with_))) {
        expect(await codeOf(call), `${who}: ${name}`).toBe('NOT_FOUND');
      }
      for (const [name, call] of Object.entries(foreignAdminCalls(client, with_))) {
        expect(await codeOf(call), `${who}: ${name}`).toBe(client === member ? 'FORBIDDEN' : 'NOT_FOUND');
      }
    }
    const { items } = await member.api.workspaces.list.query({});
    expect(items.map(({ name }) => name)).toEqual(['Own']);
  });

  it('rejects calls without a credential over every transport', async () => {
    for (const transport of ['http', 'ws'] as const) {
      const nobody = new Lorebox({ baseUrl: server.url, transport });
      const calls = { ...foreignCalls(nobody, ids), ...foreignAdminCalls(nobody, ids) };
      for (const [name, call] of Object.entries(calls)) {
        expect(await codeOf(call), `${transport}: ${name}`).toBe('UNAUTHENTICATED');
      }
      nobody.close();
    }
  });

  it('roles: a member has no admin access and a viewer has no write access', async () => {
    const { api } = member;
    for (const [name, call] of Object.entries(adminCalls(member))) {
      expect(await codeOf(call), name).toBe('FORBIDDEN');
    }
    await admin.api.workspaces.setMember.mutate({ workspace: 'own', userId: ids.userId, role: 'viewer' });
    expect(await codeOf(() => api.documents.importTexts.mutate({ workspace: 'own', items: [{ text: 'x' }] }))).toBe(
      'FORBIDDEN',
    );
    expect(await codeOf(() => api.documents.list.query({ workspace: 'own' }))).toBe('OK');
  });
});

const CREATE_USERS: ReadonlySet<string> = new Set(['users.create', 'invites.create']);

describe('scopes', () => {
  const allScopes = Scope.options.filter((scope) => scope !== '*');
  const unknown = new Proxy({} as Ids, { get: () => 'unknown_00000' });
  const callsOf = (client: Lorebox): Record<string, () => Promise<unknown>> => ({
    ...foreignCalls(client, unknown),
    ...foreignAdminCalls(client, unknown),
    ...adminCalls(client),
    'comments.mentions': () => client.api.comments.mentions.query({}),
  });

  it('match the document: each listed scope is required, and together they are sufficient', async () => {
    const named = new Map<string, string[]>();
    for (const { id: name, meta } of collectRoutes(appRouter)) {
      const { scopes, public: isPublic } = meta;
      if (scopes) named.set([...scopes].sort().join(), [...(named.get([...scopes].sort().join()) ?? []), name]);
      else expect(isPublic || name.startsWith('auth.'), name).toBe(true);
    }
    const keyOf = async (scopes: readonly Scope[]) =>
      as((await admin.api.apiKeys.create.mutate({ name: 'scoped', scopes: [...scopes] })).key);
    const tried = new Set<string>();
    for (const [list, names] of named) {
      const scopes = list.split(',') as Scope[];
      const exact = callsOf(await keyOf(scopes));
      const without = callsOf(await keyOf(allScopes.filter((scope) => !scopes.includes(scope))));
      for (const name of names) {
        const [may, mayNot] = [exact[name], without[name]];
        if (!may || !mayNot) continue;
        tried.add(name);
        // Creating or inviting a user also requires the permissions of that user: see security/access-rules.e2e.test.ts.
        if (!CREATE_USERS.has(name)) expect(await codeOf(may), `${name} with ${list}`).not.toBe('FORBIDDEN');
        expect(await codeOf(mayNot), `${name} without ${list}`).toBe('FORBIDDEN');
      }
    }
    const all = [...named.values()].flat();
    expect(all.filter((name) => !tried.has(name))).toEqual(['workspaces.list', 'models.list', 'sources.connectors']);
  });
});

describe('credentials', () => {
  it('stop working at once when revoked, expired or suspended, or after a password change', async () => {
    const { key, id } = await admin.api.apiKeys.create.mutate({ name: 'short', scopes: ['workspaces:read'] });
    expect(await codeOf(() => as(key).api.workspaces.list.query({}))).toBe('OK');
    expect(await codeOf(() => as(key).api.users.list.query({}))).toBe('FORBIDDEN');
    await admin.api.apiKeys.revoke.mutate({ keyId: id });
    expect(await codeOf(() => as(key).api.workspaces.list.query({}))).toBe('UNAUTHENTICATED');

    const expired = await admin.api.apiKeys.create.mutate({
      name: 'old',
      scopes: ['*'],
      expiresAt: new Date(Date.now() - 1000),
    });
    expect(await codeOf(() => as(expired.key).api.workspaces.list.query({}))).toBe('KEY_EXPIRED');

    const user = await admin.api.users.create.mutate({ username: 'carol', password: 'long enough' });
    const carol = await signIn('carol');
    expect(await codeOf(() => carol.api.workspaces.list.query({}))).toBe('OK');
    await admin.api.users.update.mutate({ userId: user.id, suspended: true });
    expect(await codeOf(() => carol.api.workspaces.list.query({}))).toBe('UNAUTHENTICATED');
    expect(await codeOf(() => admin.api.auth.login.mutate({ username: 'carol', password: 'long enough' }))).toBe(
      'INVALID_CREDENTIALS',
    );
    await admin.api.users.update.mutate({ userId: user.id, suspended: false });
    const before = await signIn('carol');
    const { sessionToken } = await before.api.auth.changePassword.mutate({
      current: 'long enough',
      next: 'even longer',
    });
    expect(await codeOf(() => before.api.auth.me.query())).toBe('UNAUTHENTICATED');
    expect(await codeOf(() => as(sessionToken).api.auth.me.query())).toBe('OK');
  });

  it('end an open stream when the key is revoked', async () => {
    const { key, id } = await admin.api.apiKeys.create.mutate({ name: 'stream', scopes: ['*'] });
    const { slug } = await admin.api.workspaces.create.mutate({ name: 'Stream' });
    const ended = codeOf(() => first(as(key).documents.watch(slug)));
    await new Promise((resolve) => setTimeout(resolve, 300));
    await admin.api.apiKeys.revoke.mutate({ keyId: id });
    expect(await ended).toBe('UNAUTHENTICATED');
  });

  it('in a cookie are accepted only from our own pages', async () => {
    const dave = await admin.api.users.create.mutate({ username: 'dave', password: 'long enough', role: 'admin' });
    const login = await fetch(`${server.url}/trpc/auth.login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ json: { username: 'dave', password: 'long enough' } }),
    });
    const cookie = login.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    const create = (headers: Record<string, string>) =>
      fetch(`${server.url}/trpc/workspaces.create`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: cookie.split(';')[0] ?? '', ...headers },
        body: JSON.stringify({ json: { name: 'By cookie' } }),
      });
    expect((await create({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await create({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await create({})).status).toBe(403);
    expect((await create({ origin: server.url })).status).toBe(200);
    expect((await create({ 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect(login.headers.get('access-control-allow-origin')).toBeNull();
    await admin.api.users.delete.mutate({ userId: dave.id });
  });

  it('never appear in the log, and neither do questions and documents', async () => {
    const log = server.logs() + server.output();
    for (const secret of [server.apiKey, 'correct horse', 'long enough', 'heliotrope', 'What is the secret word']) {
      expect(log).not.toContain(secret);
    }
    expect(log).toContain('"requestId"');
  });

  it('the last admin cannot be removed, and logins are throttled with Retry-After', async () => {
    const { items } = await admin.api.users.list.query({});
    const root = items.find(({ username }) => username === 'root');
    expect(await codeOf(() => admin.api.users.update.mutate({ userId: root?.id ?? '', role: 'member' }))).toBe(
      'CONFLICT',
    );
    expect(await codeOf(() => admin.api.users.delete.mutate({ userId: root?.id ?? '' }))).toBe('CONFLICT');
    const codes = [];
    for (let i = 0; i < 14; i += 1)
      codes.push(await codeOf(() => admin.api.auth.login.mutate({ username: 'root', password: 'wrong' })));
    expect(codes[0]).toBe('INVALID_CREDENTIALS');
    expect(codes.at(-1)).toBe('RATE_LIMITED');
    const response = await fetch(`${server.url}/trpc/auth.login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ json: { username: 'root', password: 'wrong' } }),
    });
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
