import type { Lorebox } from '@lorebox/sdk';

export async function first(events: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of events) return;
}

/** Resolves with the first event of a subscription, or rejects with its error. */
export function opened(
  subscribe: (callbacks: { onData(): void; onError(error: unknown): void }) => { unsubscribe(): void },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const line = subscribe({ onData: () => setImmediate(end), onError: reject });
    const end = () => {
      line.unsubscribe();
      resolve();
    };
  });
}

/**
 * Calls every procedure that accepts an ID with the IDs of another user. Add each new procedure here, or list it as
 * having no IDs.
 */
export function foreignCalls(client: Lorebox, ids: Ids): Record<string, () => Promise<unknown>> {
  const { workspace, documentId, threadId, messageId, replyId, answerId, userId, jobId, sourceId, questionId, runId } =
    ids;
  const { shareId, promptId, commentId, widgetId, conversationId } = ids;
  const { api } = client;
  const form = () => {
    const data = new FormData();
    data.append('workspace', workspace);
    data.append('file', new Blob(['x']), 'x.txt');
    return data;
  };
  return {
    'workspaces.get': () => api.workspaces.get.query({ workspace }),
    'workspaces.update': () => api.workspaces.update.mutate({ workspace, name: 'x' }),
    'workspaces.delete': () => api.workspaces.delete.mutate({ workspace }),
    'workspaces.members': () => api.workspaces.members.query({ workspace }),
    'workspaces.getMember': () => api.workspaces.getMember.query({ workspace, userId }),
    'workspaces.setMember': () => api.workspaces.setMember.mutate({ workspace, userId, role: 'owner' }),
    'workspaces.removeMember': () => api.workspaces.removeMember.mutate({ workspace, userId }),
    'documents.upload': () => api.documents.upload.mutate(form()),
    'documents.importTexts': () => api.documents.importTexts.mutate({ workspace, items: [{ text: 'x' }] }),
    'documents.addUrl': () => api.documents.addUrl.mutate({ workspace, url: 'https://example.com/' }),
    'documents.list': () => api.documents.list.query({ workspace }),
    'documents.folders': () => api.documents.folders.query({ workspace }),
    'documents.summary': () => api.documents.summary.query({ workspace }),
    'documents.get': () => api.documents.get.query({ documentId }),
    'documents.content': () => api.documents.content.query({ documentId }),
    'documents.link': () => api.documents.link.mutate({ documentId }),
    'documents.text': () => api.documents.text.query({ documentId }),
    'documents.chunks': () => api.documents.chunks.query({ documentId }),
    'documents.updateChunk': () =>
      api.documents.updateChunk.mutate({ documentId, chunkId: `${documentId}.1.0`, text: 'x' }),
    'documents.update': () => api.documents.update.mutate({ documentId, title: 'x' }),
    'documents.delete': () => api.documents.delete.mutate({ documentId: ids.spareDocumentId ?? documentId }),
    'documents.deleteMany': () => api.documents.deleteMany.mutate({ workspace, documentIds: [documentId] }),
    'documents.retry': () => api.documents.retry.mutate({ documentId }),
    'documents.reingest': () => api.documents.reingest.mutate({ documentId }),
    'documents.move': () => api.documents.move.mutate({ documentId, workspace }),
    'documents.cancel': () => api.documents.cancel.mutate({ documentId }),
    'documents.watch': () => first(client.documents.watch(workspace)),
    search: () => api.search.query({ workspace, query: 'secret' }),
    'chat.ask': () => api.chat.ask.mutate({ workspace, question: 'secret?' }),
    'chat.answer': () =>
      opened((callbacks) => api.chat.answer.subscribe({ workspace, question: 'secret?' }, callbacks)),
    'chat.watch': () => first(client.watch(answerId)),
    'chat.get': () => api.chat.get.query({ answerId }),
    'chat.details': () => api.chat.details.query({ messageId: replyId }),
    'chat.cancel': () => api.chat.cancel.mutate({ answerId }),
    'chat.regenerate': () => api.chat.regenerate.mutate({ messageId: replyId }),
    'chat.editAndResend': () => api.chat.editAndResend.mutate({ messageId, question: 'x' }),
    'jobs.list': () => api.jobs.list.query({ workspace }),
    'jobs.get': () => api.jobs.get.query({ jobId }),
    'jobs.cancel': () => api.jobs.cancel.mutate({ jobId }),
    'sources.create': () => api.sources.create.mutate({ workspace, connector: 'rss', config: {} }),
    'sources.list': () => api.sources.list.query({ workspace }),
    'sources.get': () => api.sources.get.query({ sourceId }),
    'sources.update': () => api.sources.update.mutate({ sourceId, name: 'x' }),
    'sources.delete': () => api.sources.delete.mutate({ sourceId, keepDocuments: false }),
    'sources.run': () => api.sources.run.mutate({ sourceId }),
    'sources.cancel': () => api.sources.cancel.mutate({ sourceId }),
    'sources.runs': () => api.sources.runs.query({ sourceId }),
    'workspaces.embedding': () => api.workspaces.embedding.query({ workspace }),
    'evals.addQuestions': () => api.evals.addQuestions.mutate({ workspace, items: [{ question: 'x?' }] }),
    'evals.listQuestions': () => api.evals.listQuestions.query({ workspace }),
    'evals.getQuestion': () => api.evals.getQuestion.query({ questionId }),
    'evals.updateQuestion': () => api.evals.updateQuestion.mutate({ questionId, approved: false }),
    'evals.deleteQuestion': () => api.evals.deleteQuestion.mutate({ questionId }),
    'evals.importFeedback': () => api.evals.importFeedback.mutate({ workspace }),
    'evals.generateQuestions': () => api.evals.generateQuestions.mutate({ workspace }),
    'evals.start': () => api.evals.start.mutate({ workspace }),
    'evals.list': () => api.evals.list.query({ workspace }),
    'evals.get': () => api.evals.get.query({ runId }),
    'evals.results': () => api.evals.results.query({ runId }),
    'evals.cancel': () => api.evals.cancel.mutate({ runId }),
    'evals.delete': () => api.evals.delete.mutate({ runId }),
    'evals.compare': () => api.evals.compare.query({ before: runId, after: runId }),
    'comments.create': () => api.comments.create.mutate({ messageId, text: 'x' }),
    'comments.list': () => api.comments.list.query({ threadId }),
    'comments.update': () => api.comments.update.mutate({ commentId, text: 'x' }),
    'comments.resolve': () => api.comments.resolve.mutate({ commentId, resolved: true }),
    'comments.delete': () => api.comments.delete.mutate({ commentId }),
    'prompts.create': () => api.prompts.create.mutate({ title: 'x', text: 'x', workspace }),
    'prompts.list': () => api.prompts.list.query({ workspace }),
    'prompts.update': () => api.prompts.update.mutate({ promptId, title: 'x' }),
    'prompts.delete': () => api.prompts.delete.mutate({ promptId }),
    'shares.create': () => api.shares.create.mutate({ threadId }),
    'shares.list': () => api.shares.list.query({ threadId }),
    'shares.revoke': () => api.shares.revoke.mutate({ shareId }),
    'widgets.create': () => api.widgets.create.mutate({ workspace, name: 'x' }),
    'widgets.list': () => api.widgets.list.query({ workspace }),
    'widgets.get': () => api.widgets.get.query({ widgetId }),
    'widgets.update': () => api.widgets.update.mutate({ widgetId, name: 'x' }),
    'widgets.conversations': () => api.widgets.conversations.query({ widgetId }),
    'widgets.conversation': () => api.widgets.conversation.query({ conversationId }),
    'widgets.export': () => api.widgets.export.query({ widgetId }),
    'widgets.delete': () => api.widgets.delete.mutate({ widgetId }),
    'threads.create': () => api.threads.create.mutate({ workspace }),
    'threads.list': () => api.threads.list.query({ workspace }),
    'threads.get': () => api.threads.get.query({ threadId }),
    'threads.getMessage': () => api.threads.getMessage.query({ messageId }),
    'threads.update': () => api.threads.update.mutate({ threadId, title: 'x' }),
    'threads.delete': () => api.threads.delete.mutate({ threadId }),
    'threads.messages': () => api.threads.messages.query({ threadId }),
    'threads.deleteMessage': () => api.threads.deleteMessage.mutate({ messageId }),
    'threads.branch': () => api.threads.branch.mutate({ messageId }),
    'threads.rateMessage': () => api.threads.rateMessage.mutate({ messageId: replyId, feedback: 'up' }),
  };
}

/** Calls that members may not make, whatever the ID. */
export function foreignAdminCalls(client: Lorebox, ids: Ids): Record<string, () => Promise<unknown>> {
  const { workspace, webhookId, deliveryId } = ids;
  const { api } = client;
  return {
    'webhooks.get': () => api.webhooks.get.query({ webhookId }),
    'webhooks.update': () => api.webhooks.update.mutate({ webhookId, enabled: false }),
    'webhooks.delete': () => api.webhooks.delete.mutate({ webhookId }),
    'webhooks.rotate': () => api.webhooks.rotate.mutate({ webhookId }),
    'webhooks.test': () => api.webhooks.test.mutate({ webhookId }),
    'webhooks.deliveries': () => api.webhooks.deliveries.query({ webhookId }),
    'webhooks.replay': () => api.webhooks.replay.mutate({ webhookId, since: new Date(0) }),
    'webhooks.getDelivery': () => api.webhooks.getDelivery.query({ deliveryId }),
    'webhooks.retry': () => api.webhooks.retry.mutate({ deliveryId }),
    'events.list': () => api.events.list.query({ workspace }),
    'events.watch': () => opened((callbacks) => api.events.watch.subscribe({ workspace }, callbacks)),
  };
}

/** Calls that require more than a member's permissions. */
export function adminCalls(client: Lorebox, userId = 'user_unknown'): Record<string, () => Promise<unknown>> {
  const { api } = client;
  return {
    'users.create': () => api.users.create.mutate({ username: 'evil', password: 'long enough' }),
    'users.list': () => api.users.list.query({}),
    'users.get': () => api.users.get.query({ userId }),
    'users.update': () => api.users.update.mutate({ userId: userId, role: 'admin' }),
    'users.delete': () => api.users.delete.mutate({ userId: userId }),
    'users.memberships': () => api.users.memberships.query({ userId }),
    'invites.create': () => api.invites.create.mutate({}),
    'invites.list': () => api.invites.list.query({}),
    'invites.revoke': () => api.invites.revoke.mutate({ inviteId: 'x' }),
    'apiKeys.create': () => api.apiKeys.create.mutate({ name: 'x', scopes: ['keys:write'] }),
    'apiKeys.list': () => api.apiKeys.list.query({}),
    'apiKeys.get': () => api.apiKeys.get.query({ keyId: 'x' }),
    'apiKeys.update': () => api.apiKeys.update.mutate({ keyId: 'x' }),
    'apiKeys.rotate': () => api.apiKeys.rotate.mutate({ keyId: 'x' }),
    'webhooks.create': () => api.webhooks.create.mutate({ url: 'http://localhost:9/' }),
    'webhooks.list': () => api.webhooks.list.query({}),
    'settings.get': () => api.settings.get.query(),
    'audit.list': () => api.audit.list.query({}),
    'audit.export': () => api.audit.export.query({}),
    'settings.update': () => api.settings.update.mutate({}),
    'jobs.list': () => api.jobs.list.query({}),
    'apiKeys.revoke': () => api.apiKeys.revoke.mutate({ keyId: 'x' }),
    'workspaces.create': () => api.workspaces.create.mutate({ name: 'x' }),
    'models.test': () => api.models.test.mutate({ model: 'extractive' }),
    'models.server': () => api.models.server.query(),
    'models.setServer': () => api.models.setServer.mutate({ url: null }),
    'settings.setLogo': () => api.settings.setLogo.mutate({ data: btoa('x') }),
    'settings.removeLogo': () => api.settings.removeLogo.mutate(),
    'usage.summary': () => api.usage.summary.query({ since: new Date(), until: new Date() }),
    'system.health': () => api.system.health.query(),
    'models.pull': () => first(client.models.pull('ollama:x')),
    status: () => api.status.query(),
  };
}

/** Procedures that accept no IDs of workspace resources. The access by role is checked below. */
export const WITHOUT_FOREIGN_IDS = [
  'app',
  'auth.setup',
  'auth.login',
  'auth.logout',
  'auth.me',
  'auth.changePassword',
  'auth.preferences',
  'auth.updatePreferences',
  'auth.sessions',
  'auth.revokeSession',
  'users.create',
  'users.list',
  'users.get',
  'users.update',
  'users.delete',
  'users.memberships',
  'invites.create',
  'invites.list',
  'invites.revoke',
  'invites.get',
  'invites.accept',
  'apiKeys.create',
  'apiKeys.list',
  'apiKeys.get',
  'apiKeys.update',
  'apiKeys.rotate',
  'apiKeys.revoke',
  'shares.view',
  'comments.mentions',
  'workspaces.create',
  'workspaces.list',
  'models.list',
  'models.pull',
  'models.test',
  'models.server',
  'models.setServer',
  'settings.setLogo',
  'settings.removeLogo',
  'system.health',
  'usage.summary',
  'webhooks.create',
  'webhooks.list',
  'settings.get',
  'audit.list',
  'audit.export',
  'settings.update',
  'sources.connectors',
  'status',
];

export interface Ids {
  workspace: string;
  documentId: string;
  /** Another document, which a call may delete. */
  spareDocumentId?: string;
  threadId: string;
  messageId: string;
  replyId: string;
  answerId: string;
  userId: string;
  jobId: string;
  webhookId: string;
  deliveryId: string;
  sourceId: string;
  questionId: string;
  runId: string;
  shareId: string;
  promptId: string;
  commentId: string;
  widgetId: string;
  conversationId: string;
}
