import type { Actor } from '@lorebox/contract/actor';
import type { AskStarted } from '@lorebox/contract/chat';
import { AppError } from '@lorebox/contract/errors';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireDocuments } from '../access/require-documents.ts';
import type { Core } from '../core.ts';
import { findMessage } from './find-message.ts';
import { loadHistory } from './load-history.ts';
import { prepareTurn, type TurnOptions } from './prepare-turn.ts';
import { startTurn } from './start-turn.ts';

/** Answers a question again. The new answer replaces the old one. */
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
  const history = await loadHistory(core.stores, message.threadId, workspace.historyMessages, question.id);
  const turn = prepareTurn(workspace, message.threadId, question, input, history);
  return startTurn(core, actor, turn, { newThread: null, question: null, removeMessageId: message.id });
}
