import type { Actor } from '@lorebox/contract/actor';
import type { AskStarted } from '@lorebox/contract/chat';
import { createId } from '@lorebox/contract/create-id';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireDocuments } from '../access/require-documents.ts';
import type { Core } from '../core.ts';
import { findMessage } from './find-message.ts';
import { loadHistory } from './load-history.ts';
import { prepareTurn, type TurnOptions } from './prepare-turn.ts';
import { startTurn } from './start-turn.ts';

/** Replaces a question and everything after it in the thread, and answers the new question. */
export async function editAndResend(
  core: Core,
  actor: Actor,
  input: { messageId: string; question: string } & TurnOptions,
): Promise<AskStarted> {
  const message = await findMessage(core, actor, input.messageId, 'user');
  const workspace = await findWorkspace(core, actor, message.workspaceId, 'viewer');
  await requireDocuments(core, workspace.id, input.documentIds);
  core.answerHub.cancelThread(message.threadId);
  const history = await loadHistory(core.stores, message.threadId, workspace.historyMessages, message.id);
  await core.stores.threads.truncateFrom(message.id);
  const question = { id: createId('msg'), text: input.question };
  const turn = prepareTurn(workspace, message.threadId, question, input, history);
  return startTurn(core, actor, turn, { newThread: null, question, removeMessageId: null });
}
