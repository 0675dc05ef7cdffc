import type { Actor } from '@lorebox/contract/actor';
import type { AskInput, AskStarted } from '@lorebox/contract/chat';
import { createId } from '@lorebox/contract/create-id';
import { AppError } from '@lorebox/contract/errors';
import type { Workspace } from '@lorebox/contract/workspace';
import type { AnswerStore } from '@lorebox/ports/chat-stores';
import { findThread, threadOwnerOf } from '../access/find-thread.ts';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireDocuments } from '../access/require-documents.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { enterAnswer } from '../limits/enter-answer.ts';
import { requireMayOverride } from '../models/choose-model.ts';
import { LiveAnswer } from './answer-hub.ts';
import type { HistoryMessage } from './build-prompt.ts';
import { runAnswer } from './run-answer.ts';
import type { Turn } from './turn.ts';

/** The conversation so far of a client that keeps it itself. */
export interface OwnConversation {
  /** Oldest first; the workspace bounds how much of it is used. */
  history: readonly HistoryMessage[];
  /** Added to those of the workspace; may be empty. */
  instructions: string;
  /** Undefined: text. */
  responseFormat?: Turn['responseFormat'];
}

/**
 * Starts a turn and returns at once; `watch` follows it. The question is stored before the model is asked.
 * With `own`, that is the history, in place of the thread's.
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
  const newThread = thread
    ? null
    : { id: threadId, workspaceId: workspace.id, ...threadOwnerOf(actor), title, createdAt: at, updatedAt: at };
  const question = { id: createId('msg'), text: input.question };
  const stored = thread && !own ? await core.stores.threads.history(threadId, workspace.historyMessages) : [];
  const history = own ? own.history.slice(Math.max(0, own.history.length - workspace.historyMessages)) : stored;
  const { mode, model, documentIds, metadata, images, allowRemoteContent } = input;
  const options = { mode, model, documentIds, metadata, images, allowRemoteContent };
  const instructions = [workspace.instructions, own?.instructions ?? ''].filter((part) => part !== '').join('\n\n');
  const prepared = prepareTurn({ ...workspace, instructions }, threadId, question, options, history);
  const turn = { ...prepared, responseFormat: own?.responseFormat };
  return startTurn(core, actor, turn, { newThread, question, removeMessageId: null });
}

export type TurnOptions = Pick<
  AskInput,
  'mode' | 'model' | 'documentIds' | 'metadata' | 'images' | 'allowRemoteContent'
>;

export function prepareTurn(
  workspace: Workspace,
  threadId: string,
  question: { id: string; text: string },
  options: TurnOptions,
  history: Turn['history'],
): Turn {
  requireMayOverride(workspace, options.model);
  return {
    workspace,
    threadId,
    questionId: question.id,
    messageId: createId('msg'),
    question: question.text,
    mode: options.mode ?? workspace.mode,
    modelId: options.model ?? workspace.model,
    documentIds: options.documentIds,
    metadata: options.metadata,
    images: options.images ?? [],
    allowRemoteContent: options.allowRemoteContent ?? false,
    history,
  };
}

type Begin = Parameters<AnswerStore['begin']>[0];

export async function startTurn(
  core: Core,
  actor: Actor,
  turn: Turn,
  rows: Omit<Begin, 'answer'>,
): Promise<AskStarted> {
  const { threadId, questionId, messageId, workspace } = turn;
  const leave = enterAnswer(core, actor, workspace.id);
  const startedAt = new Date(core.clock.now());
  const answer = { id: createId('ans'), workspaceId: workspace.id, threadId, questionId, messageId, startedAt };
  try {
    await core.stores.answers.begin({ ...rows, answer: { ...answer, state: 'running' } });
  } catch (error) {
    leave();
    throw error;
  }
  const live = new LiveAnswer(core.stores.answers, answer.id, threadId);
  core.answerHub.add(live, runAnswer(core, live, turn).finally(leave));
  return { answerId: answer.id, threadId, questionId };
}
