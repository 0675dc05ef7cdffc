import type { Actor } from '@lorebox/contract/actor';
import type { AskStarted } from '@lorebox/contract/chat';
import { createId } from '@lorebox/contract/create-id';
import { AppError } from '@lorebox/contract/errors';
import type { StoredMessage } from '@lorebox/ports/chat-stores';
import { findThread } from '../access/find-thread.ts';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireDocuments } from '../access/require-documents.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { prepareTurn, startTurn, type TurnOptions } from './ask.ts';

/** Answers the question of an answer again; the old answer gives way to the new one. */
export async function regenerate(
  core: Core,
  actor: Actor,
  input: { messageId: string } & TurnOptions,
): Promise<AskStarted> {
  const message = await findMessage(core, actor, input.messageId, 'assistant');
  const [question] = (await core.stores.threads.history(message.threadId, 1, message.id)).filter(
    ({ role }) => role === 'user',
  );
  if (!question) throw new AppError('CONFLICT', 'The question for this answer no longer exists.');
  const workspace = await findWorkspace(core, actor, message.workspaceId, 'viewer');
  await requireDocuments(core, workspace.id, input.documentIds);
  if (message.answerId) core.answerHub.get(message.answerId)?.controller.abort('cancelled');
  const history = await core.stores.threads.history(message.threadId, workspace.historyMessages, question.id);
  const turn = prepareTurn(workspace, message.threadId, question, input, history);
  return startTurn(core, actor, turn, { newThread: null, question: null, removeMessageId: message.id });
}

/** Asks a question anew in other words; it and everything after it in the thread give way. */
export async function editAndResend(
  core: Core,
  actor: Actor,
  input: { messageId: string; question: string } & TurnOptions,
): Promise<AskStarted> {
  const message = await findMessage(core, actor, input.messageId, 'user');
  const workspace = await findWorkspace(core, actor, message.workspaceId, 'viewer');
  await requireDocuments(core, workspace.id, input.documentIds);
  core.answerHub.cancelThread(message.threadId);
  const history = await core.stores.threads.history(message.threadId, workspace.historyMessages, message.id);
  await core.stores.threads.truncateFrom(message.id);
  const question = { id: createId('msg'), text: input.question };
  const turn = prepareTurn(workspace, message.threadId, question, input, history);
  return startTurn(core, actor, turn, { newThread: null, question, removeMessageId: null });
}

async function findMessage(core: Core, actor: Actor, id: string, role: StoredMessage['role']): Promise<StoredMessage> {
  requireScope(actor, 'chat');
  const message = await core.stores.threads.getMessage(id);
  if (!message) throw new AppError('NOT_FOUND');
  await findThread(core, actor, message.threadId);
  if (message.role !== role)
    throw new AppError('BAD_REQUEST', `This message is not ${role === 'user' ? 'a question' : 'an answer'}.`);
  return message;
}
