import { appRouter } from '@lorebox/api/router';
import { Scope } from '@lorebox/contract/actor';
import { collectRoutes } from '@lorebox/openapi';
import { Lorebox } from '@lorebox/sdk';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { codeOf } from './code-of.ts';
import { adminCalls, foreignAdminCalls, foreignCalls, type Ids } from './procedure-calls.ts';
import { startConversation } from './start-conversation.ts';

/**
 * Who can call which procedure, measured on the server and committed, so that a change of permissions shows up as a
 * diff of access-table.md. Update it with `npx vitest run --project e2e access-table -u`.
 */
const PASSWORD = 'long enough for all';
let server: LoreboxProcess;
let admin: Lorebox;

const as = (apiKey: string) => new Lorebox({ baseUrl: server.url, apiKey });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

beforeAll(async () => {
  server = await startLorebox({ env: { LOREBOX_FETCH_ALLOW: 'localhost:*' } });
  admin = as(server.apiKey);
});
afterAll(() => server.dispose());

/** Creates a workspace in which another user owns one of each resource. */
async function furnish(name: string): Promise<Ids> {
  const { api } = admin;
  const { id: workspace } = await api.workspaces.create.mutate({ name });
  const { id: userId } = await api.users.create.mutate({ username: `guest-of-${workspace}`, password: PASSWORD });
  await api.workspaces.setMember.mutate({ workspace, userId, role: 'viewer' });
  const { documents } = await api.documents.importTexts.mutate({
    workspace,
    items: [{ text: 'The lighthouse is white.' }, { text: 'For a moment.' }],
  });
  while ((await api.documents.summary.query({ workspace })).ready < 2) await pause(30);
  const answer = admin.ask({ workspace, question: 'What is white?' });
  await answer.final();
  const { answerId, threadId } = await answer.started;
  const [question, reply] = (await api.threads.messages.query({ threadId })).items;
  const { id: webhookId } = await admin.webhooks.create({ url: 'http://localhost:9/', workspaceId: workspace });
  const { id: deliveryId } = await admin.webhooks.test(webhookId);
  const source = { connector: 'rss', config: { url: 'http://localhost:9/feed' }, skipCheck: true };
  const { id: sourceId } = await admin.sources.create(workspace, source);
  await admin.evals.addQuestions(workspace, [{ question: 'Which colour?' }]);
  const [golden] = await admin.evals.listQuestions(workspace).toArray();
  const { id: runId } = await admin.evals.start(workspace);
  const { id: commentId } = await admin.comments.create(question?.id ?? '', 'x');
  const { id: promptId } = await admin.prompts.create({ title: 'x', text: 'x', workspace });
  const { id: shareId } = await admin.shares.create(threadId);
  const { widgetId, conversationId } = await startConversation(server.url, admin, workspace);
  return {
    workspace,
    documentId: documents[0]?.id ?? '',
    spareDocumentId: documents[1]?.id ?? '',
    threadId,
    messageId: question?.id ?? '',
    replyId: reply?.id ?? '',
    answerId,
    userId,
    jobId: 'unknown_00000',
    webhookId,
    deliveryId,
    sourceId,
    questionId: golden?.id ?? '',
    runId,
    shareId,
    promptId,
    commentId,
    widgetId,
    conversationId,
  };
}

const OPEN_MS = 500;

const freeCalls = ({ api }: Lorebox): Record<string, () => Promise<unknown>> => ({
  'auth.me': () => api.auth.me.query(),
  'auth.preferences': () => api.auth.preferences.query(),
  'auth.updatePreferences': () => api.auth.updatePreferences.mutate({ theme: 'dark' }),
  'auth.sessions': () => api.auth.sessions.query(),
  'models.list': () => api.models.list.query(),
  'comments.mentions': () => api.comments.mentions.query({}),
  'sources.connectors': () => api.sources.connectors.query(),
  'workspaces.list': () => api.workspaces.list.query({}),
});

type Credential = (workspace: string) => Promise<string>;

async function userWith(
  role: 'admin' | 'manager' | 'member',
  member: 'viewer' | 'editor' | 'owner' | null,
  workspace: string,
) {
  const username = `${role}-${member ?? 'none'}-${workspace}`;
  const { id: userId } = await admin.api.users.create.mutate({ username, password: PASSWORD, role });
  if (member) await admin.api.workspaces.setMember.mutate({ workspace, userId, role: member });
  return (await admin.api.auth.login.mutate({ username, password: PASSWORD })).sessionToken;
}
const keyWith = async (scopes: Scope[], workspaceId: string | null) =>
  (await admin.api.apiKeys.create.mutate({ name: 'k', scopes, workspaceId })).key;

const ALL_BUT_STAR = Scope.options.filter((scope) => scope !== '*');
const CALLERS: Record<string, Credential> = {
  admin: (workspace) => userWith('admin', null, workspace),
  manager: (workspace) => userWith('manager', null, workspace),
  'member: owner': (workspace) => userWith('member', 'owner', workspace),
  'member: editor': (workspace) => userWith('member', 'editor', workspace),
  'member: viewer': (workspace) => userWith('member', 'viewer', workspace),
  'member of none': (workspace) => userWith('member', null, workspace),
  'key: *': () => keyWith(['*'], null),
  'key: * bound': (workspace) => keyWith(['*'], workspace),
  'key: all but *': () => keyWith(ALL_BUT_STAR, null),
  'key: chat': () => keyWith(['chat'], null),
};

/** Procedures that delete what other calls need, so they run last. */
const LAST = [
  'documents.delete',
  'documents.deleteMany',
  'sources.delete',
  'webhooks.delete',
  'evals.deleteQuestion',
  'evals.delete',
  'users.delete',
  'workspaces.removeMember',
  'workspaces.delete',
];
const SYMBOLS: Record<string, string> = { FORBIDDEN: '-', NOT_FOUND: 'hidden' };
const rank = (name: string) => LAST.indexOf(name);

async function columnOf(caller: string, credentialOf: Credential): Promise<Record<string, string>> {
  const ids = await furnish(`For ${caller}`);
  const client = as(await credentialOf(ids.workspace));
  const { id: spare } = await admin.api.users.create.mutate({ username: `spare-${ids.workspace}`, password: PASSWORD });
  const calls = {
    ...freeCalls(client),
    ...adminCalls(client, spare),
    ...foreignCalls(client, ids),
    ...foreignAdminCalls(client, ids),
  };
  const names = Object.keys(calls).sort((a, b) => rank(a) - rank(b));
  const column: Record<string, string> = {};
  for (const name of names) {
    // A stream that stays open was allowed.
    const code = await codeOf(() => Promise.race([calls[name]?.(), pause(OPEN_MS)]));
    column[name] = SYMBOLS[code] ?? 'yes';
  }
  return column;
}

it('lists who can call which procedure', async () => {
  const columns: [string, Record<string, string>][] = [];
  for (const [caller, credentialOf] of Object.entries(CALLERS))
    columns.push([caller, await columnOf(caller, credentialOf)]);
  const scopesOf = new Map(collectRoutes(appRouter).map(({ id, meta }) => [id, (meta.scopes ?? []).join(', ')]));
  const names = Object.keys(columns[0]?.[1] ?? {}).sort();
  const rows = names.map((name) => [
    name,
    scopesOf.get(name) ?? '',
    ...columns.map(([, column]) => column[name] ?? ''),
  ]);
  const head = ['procedure', 'scopes', ...columns.map(([caller]) => caller)];
  const table = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  const legend = `# Who may call what

Measured by access-table.e2e.test.ts in a workspace where somebody else owns one of everything, threads included.
yes: the call gets past access checks. -: FORBIDDEN. hidden: NOT_FOUND.
`;
  await expect(`${legend}\n${table}\n`).toMatchFileSnapshot('./access-table.md');
});
