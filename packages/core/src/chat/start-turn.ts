import type { Actor } from '@lorebox/contract/actor';
import type { AskStarted } from '@lorebox/contract/chat';
import { createId } from '@lorebox/contract/create-id';
import type { AnswerStore } from '@lorebox/ports/chat-stores';
import type { Core } from '../core.ts';
import { enterAnswer } from '../limits/enter-answer.ts';
import { chooseModel } from '../models/choose-model.ts';
import { requireAccepts } from '../models/require-accepts.ts';
import { LiveAnswer } from './live-answer.ts';
import { runAnswer } from './run-answer.ts';
import type { Turn } from './turn.ts';

type Begin = Parameters<AnswerStore['begin']>[0];

/** @throws AppError UNPROCESSABLE if the model can't read the images of the question. */
export async function startTurn(
  core: Core,
  actor: Actor,
  turn: Turn,
  rows: Omit<Begin, 'answer'>,
): Promise<AskStarted> {
  const { threadId, questionId, messageId, workspace } = turn;
  await requireImagesAccepted(core, turn);
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

/** Other problems with the model are reported by the answer. */
async function requireImagesAccepted(core: Core, { workspace, modelId, images }: Turn): Promise<void> {
  if (images.length === 0) return;
  const model = await chooseModel(core, workspace, modelId).catch(() => null);
  if (model) requireAccepts(model, { images: true, tools: false });
}
