// Runs the steps of packages/testkit/src/acceptance with this SDK; see the README there.
import { readFileSync } from 'node:fs';
import {
  type AnswerEvent,
  APIConnectionError,
  AuthenticationError,
  BadRequestError,
  type CallOptions,
  ConflictError,
  Lorebox,
  LoreboxError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  ServerError,
} from '../src/index.ts';

interface Step {
  name: string;
  do: string;
  // biome-ignore lint/suspicious/noExplicitAny: arguments have many shapes, as defined by the steps
  with?: any;
  client?: { url?: string; apiKey?: string; maxRetries?: number; isTorn?: boolean; isLossy?: boolean };
  idempotencyKey?: string;
  save?: string;
}

const KINDS: [new (...args: never[]) => LoreboxError, string][] = [
  [BadRequestError, 'bad-request'],
  [AuthenticationError, 'authentication'],
  [PermissionDeniedError, 'permission'],
  [NotFoundError, 'not-found'],
  [ConflictError, 'conflict'],
  [RateLimitError, 'rate-limit'],
  [ServerError, 'server'],
  [APIConnectionError, 'connection'],
];

const [stepsFile = '', inputText = '{}'] = process.argv.slice(2);
const input = JSON.parse(inputText);
const saved: Record<string, unknown> = { input };

const actions: Record<string, (lorebox: Lorebox, args: Step['with'], options: CallOptions) => Promise<unknown>> = {
  'auth.me': (lorebox) => lorebox.auth.me(),
  'workspaces.create': (lorebox, args, options) => lorebox.workspaces.create(args, options),
  'workspaces.get': (lorebox, { workspace }) => lorebox.workspaces.get(workspace),
  'workspaces.update': (lorebox, { workspace, ...change }) => lorebox.workspaces.update(workspace, change),
  'workspaces.list': (lorebox, args) => lorebox.workspaces.list(args).toArray(),
  'workspaces.delete': async (lorebox, { workspace }) => (await lorebox.workspaces.delete(workspace)) ?? null,
  'workspaces.times': async (lorebox, { workspace }) => {
    const { createdAt, updatedAt } = await lorebox.workspaces.get(workspace);
    return { isFresh: Date.now() - createdAt.getTime() < 300_000, isUpdatedLater: updatedAt > createdAt };
  },
  'documents.upload': (lorebox, { workspace, path, externalId, title, ...options }) =>
    lorebox.documents.upload(workspace, [{ path, externalId, title }], options),
  'documents.uploadBytes': (lorebox, { workspace, filename, text }) =>
    lorebox.documents.upload(workspace, [{ name: filename, data: new Blob([text]) }]),
  'documents.importTexts': (lorebox, { workspace, items }) => lorebox.documents.importTexts(workspace, items),
  'documents.waitUntilIdle': (lorebox, { workspace }) => lorebox.documents.waitUntilIdle(workspace),
  'documents.list': (lorebox, { workspace, ...filter }) => lorebox.documents.list(workspace, filter).toArray(),
  'documents.firstPage': async (lorebox, { workspace, limit }) => {
    const { items, nextCursor } = await lorebox.documents.list(workspace, { limit });
    return { items: items.length, hasMore: nextCursor !== null };
  },
  'documents.get': (lorebox, { documentId }) => lorebox.documents.get(documentId),
  'documents.text': (lorebox, { documentId }) => lorebox.documents.text(documentId),
  'documents.chunks': (lorebox, { documentId }) => lorebox.documents.chunks(documentId).toArray(),
  'documents.delete': (lorebox, { workspace, documentIds }) => lorebox.documents.deleteMany(workspace, documentIds),
  'documents.download': async (lorebox, { documentId }) => ({
    whole: await (await lorebox.documents.download(documentId)).text(),
    part: await (await lorebox.documents.download(documentId, { start: 4, end: 9 })).text(),
  }),
  'events.types': async (lorebox, { workspace }) => {
    const types = (await lorebox.events.list({ workspace }).toArray()).map(({ type }) => type);
    return { first: types.at(-1), hasReady: types.includes('document.ready') };
  },
  'webhooks.roundTrip': async (lorebox, args) => {
    const { id, secret, eventTypes } = await lorebox.webhooks.create(args);
    const { enabled } = await lorebox.webhooks.update(id, { enabled: false });
    const deliveries = (await lorebox.webhooks.deliveries(id).toArray()).length;
    await lorebox.webhooks.delete(id);
    const isGone = (await lorebox.webhooks.list().toArray()).every((one) => one.id !== id);
    return { hasSecret: secret.startsWith('whsec_'), eventTypes, isOff: !enabled, deliveries, isGone };
  },
  'settings.get': (lorebox) => lorebox.settings.get(),
  search: (lorebox, args) => lorebox.search(args),
  ask: async (lorebox, args) => {
    const answer = lorebox.ask(args);
    const { answerId, threadId } = await answer.started;
    const events: AnswerEvent[] = [];
    for await (const event of answer) events.push(event);
    let text = '';
    for await (const piece of answer.text()) text += piece;
    return { answerId, threadId, events, text, final: await answer.final() };
  },
  watch: async (lorebox, { answerId, lastEventId }) => {
    const events: AnswerEvent[] = [];
    for await (const event of lorebox.watch(answerId, { lastEventId })) events.push(event);
    return events;
  },
  askAndLeave: async (lorebox, { after, ...args }) => {
    const answer = lorebox.ask(args);
    const { answerId } = await answer.started;
    const events: AnswerEvent[] = [];
    for await (const event of answer) if (events.push(event) === after) break;
    const left = events.length;
    for await (const event of lorebox.watch(answerId, { lastEventId: events.at(-1)?.seq })) events.push(event);
    return { answerId, left, events, final: events.at(-1)?.type };
  },
  askAndCancel: async (lorebox, args) => {
    const answer = lorebox.ask(args);
    const { threadId } = await answer.started;
    for await (const event of answer) if (event.type === 'text-delta') break;
    await answer.cancel();
    let last: AnswerEvent | null = null;
    for await (const event of answer) last = event;
    return { threadId, last: last?.type, code: last?.type === 'answer-error' ? last.code : null };
  },
  'threads.messages': (lorebox, { threadId }) => lorebox.threads.messages(threadId).toArray(),
  'threads.lastStatus': async (lorebox, { threadId }) =>
    (await lorebox.threads.messages(threadId).toArray()).at(-1)?.status,
  'threads.roundTrip': async (lorebox, { workspace, title, next }) => {
    const made = await lorebox.threads.create(workspace, { title });
    await lorebox.threads.update(made.id, { title: next });
    const find = async () => (await lorebox.threads.list(workspace).toArray()).find(({ id }) => id === made.id);
    const renamed = await find();
    await lorebox.threads.delete(made.id);
    return { made: made.title, renamed: renamed?.title, isGone: (await find()) === undefined };
  },
  'apiKeys.create': (lorebox, args) => lorebox.apiKeys.create(args),
  'apiKeys.rotate': async (lorebox, { keyId, ...args }) => {
    const { key, previousKeyUntil } = await lorebox.apiKeys.rotate(keyId, args);
    return { isNew: key.startsWith('lbx_'), hasGrace: previousKeyUntil !== null };
  },
  'apiKeys.revoke': async (lorebox, { keyId }) => (await lorebox.apiKeys.revoke(keyId)) ?? null,
  'users.createTwice': async (lorebox, args) => {
    await lorebox.users.create(args);
    return lorebox.users.create(args);
  },
};

/** Replaces texts that start with "$" with saved values. */
function fill(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fill);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner)]));
  if (typeof value !== 'string' || !value.startsWith('$')) return value;
  let found: unknown = saved;
  for (const part of value.slice(1).split('.')) found = (found as Record<string, unknown>)[part];
  return found;
}

function connect({ client = {} }: Step): Lorebox {
  const { url, apiKey = input.apiKey, isTorn, isLossy, ...rest } = fill(client) as NonNullable<Step['client']>;
  const baseUrl = url ?? (isTorn ? input.tornUrl : isLossy ? input.lossyUrl : input.url);
  return new Lorebox({ baseUrl, apiKey, ...rest });
}

function describe(error: unknown): unknown {
  if (!(error instanceof LoreboxError)) throw error;
  const { code, status, requestId, isRetryable } = error;
  return { kind: KINDS.find(([kind]) => error instanceof kind)?.[1], code, status, requestId, isRetryable };
}

for (const step of JSON.parse(readFileSync(stepsFile, 'utf8')) as Step[]) {
  const action = actions[step.do];
  if (!action) throw new Error(`no such action: ${step.do}`);
  const options = step.idempotencyKey === undefined ? {} : { idempotencyKey: step.idempotencyKey };
  const outcome = await action(connect(step), fill(step.with ?? {}), options).then(
    (result) => ({ result: JSON.parse(JSON.stringify(result)) }),
    (error) => ({ error: describe(error) }),
  );
  if (step.save && 'result' in outcome) saved[step.save] = outcome.result;
  process.stdout.write(`${JSON.stringify({ step: step.name, ...outcome })}\n`);
}
process.exit(0);
