import type { Actor } from '@lorebox/contract/actor';
import type { AskInput, AskStarted } from '@lorebox/contract/chat';
import { createId } from '@lorebox/contract/create-id';
import { AppError } from '@lorebox/contract/errors';
import { findThread } from '../access/find-thread.ts';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireDocuments } from '../access/require-documents.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { startThread } from '../threads/start-thread.ts';
import type { HistoryMessage } from './fit-history.ts';
import { loadHistory, takeHistory } from './load-history.ts';
import { prepareTurn } from './prepare-turn.ts';
import { startTurn } from './start-turn.ts';
import type { Turn } from './turn.ts';

/** A conversation whose history the client keeps itself. */
export interface OwnConversation {
  /** Oldest first. The workspace limits how many messages are used. */
  history: readonly HistoryMessage[];
  /** Appended to the instructions of the workspace. May be empty. */
  instructions: string;
  /** Undefined: text. */
  responseFormat?: Turn['responseFormat'];
}

const NO_HISTORY = { messages: [], start: 0 };

/**
 * Starts a turn and returns immediately; use `watch` to get its events. The question is stored before the model is
 * called. If `own` is set, its history replaces that of the thread.
 */
export async function ask(core: Core, actor: Actor, input: AskInput, own?: OwnConversation): Promise<AskStarted> {
  requireScope(actor, 'chat');
  const workspace = await findWorkspace(core, actor, input.workspace, 'viewer');
  const thread = input.threadId === undefined ? null : await findThread(core, actor, input.threadId);
  if (thread && thread.workspaceId !== workspace.id) throw new AppError('NOT_FOUND');
  await requireDocuments(core, workspace.id, input.documentIds);
  const at = new Date(core.clock.now());
  const threadId = thread?.id ?? createId('thr');
  const title = input.question.replace(/\s+/g, ' ').slice(0, 80);
  const newThread = thread ? null : startThread(actor, { id: threadId, workspaceId: workspace.id, title }, at);
  const question = { id: createId('msg'), text: input.question };
  const history = own
    ? takeHistory(own.history, workspace.historyMessages)
    : thread
      ? await loadHistory(core.stores, threadId, workspace.historyMessages)
      : NO_HISTORY;
  const { mode, model, documentIds, metadata, images, allowRemoteContent, maxAnswerTokens, thinking } = input;
  const options = { mode, model, documentIds, metadata, images, allowRemoteContent, maxAnswerTokens, thinking };
  const instructions = [workspace.instructions, own?.instructions ?? ''].filter((part) => part !== '').join('\n\n');
  const prepared = prepareTurn({ ...workspace, instructions }, threadId, question, options, history);
  const turn = { ...prepared, responseFormat: own?.responseFormat };
  return startTurn(core, actor, turn, { newThread, question, removeMessageId: null });
}
