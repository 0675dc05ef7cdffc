import type { Actor } from '@lorebox/contract/actor';
import type { Feedback, Message, Thread } from '@lorebox/contract/chat';
import { createId } from '@lorebox/contract/create-id';
import { AppError } from '@lorebox/contract/errors';
import type { Page, PageInput } from '@lorebox/contract/page';
import { findThread, threadOwnerOf, threadViewerOf } from '../access/find-thread.ts';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';

export async function createThread(core: Core, actor: Actor, ref: string, title: string): Promise<Thread> {
  requireScope(actor, 'chat');
  const workspace = await findWorkspace(core, actor, ref, 'viewer');
  const at = new Date(core.clock.now());
  const thread = { id: createId('thr'), workspaceId: workspace.id, title, createdAt: at, updatedAt: at };
  await core.stores.threads.create({ ...thread, ...threadOwnerOf(actor) });
  return thread;
}

export async function listThreads(core: Core, actor: Actor, ref: string, page: PageInput): Promise<Page<Thread>> {
  requireScope(actor, 'chat');
  const workspace = await findWorkspace(core, actor, ref, 'viewer');
  return core.stores.threads.list(workspace.id, threadViewerOf(actor), page);
}

export async function getThread(core: Core, actor: Actor, threadId: string): Promise<Thread> {
  requireScope(actor, 'chat');
  const { userId: _, keyId: __, ...thread } = await findThread(core, actor, threadId);
  return thread;
}

export async function updateThread(core: Core, actor: Actor, threadId: string, title: string): Promise<Thread> {
  const thread = await getThread(core, actor, threadId);
  const updatedAt = new Date(core.clock.now());
  await core.stores.threads.rename(thread.id, title, updatedAt);
  return { ...thread, title, updatedAt };
}

export async function deleteThread(core: Core, actor: Actor, threadId: string): Promise<void> {
  requireScope(actor, 'chat');
  const thread = await findThread(core, actor, threadId);
  core.answerHub.cancelThread(thread.id);
  const about = { target: `thread:${thread.id}`, workspaceId: thread.workspaceId };
  await core.stores.audit.with(entryOf(core, actor, 'thread.deleted', about), () =>
    core.stores.threads.remove(thread.id),
  );
}

export async function listMessages(
  core: Core,
  actor: Actor,
  threadId: string,
  page: PageInput,
): Promise<Page<Message>> {
  requireScope(actor, 'chat');
  const thread = await findThread(core, actor, threadId);
  return core.stores.threads.listMessages(thread.id, page);
}

export async function getMessage(core: Core, actor: Actor, messageId: string): Promise<Message> {
  requireScope(actor, 'chat');
  const message = await core.stores.threads.getMessage(messageId);
  if (!message) throw new AppError('NOT_FOUND');
  await findThread(core, actor, message.threadId);
  const { workspaceId: _, ...shown } = message;
  return shown;
}

/** A question takes its answer along. */
export async function deleteMessage(core: Core, actor: Actor, messageId: string): Promise<void> {
  requireScope(actor, 'chat');
  const message = await core.stores.threads.getMessage(messageId);
  if (!message) throw new AppError('NOT_FOUND');
  await findThread(core, actor, message.threadId);
  await core.stores.threads.removeMessage(message.id);
}

/**
 * `share` lets the owners of the workspace use question and answer as a golden question.
 * @throws AppError BAD_REQUEST for a question: answers are rated.
 */
export async function rateMessage(
  core: Core,
  actor: Actor,
  messageId: string,
  feedback: Feedback | null,
  share: boolean,
): Promise<Message> {
  const message = await getMessage(core, actor, messageId);
  if (message.role !== 'assistant') throw new AppError('BAD_REQUEST', 'Only answers can be rated, not questions.');
  const feedbackShared = share && feedback !== null;
  await core.stores.threads.rateMessage(message.id, feedback, feedbackShared);
  return { ...message, feedback, feedbackShared };
}
