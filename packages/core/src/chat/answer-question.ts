import type { AnswerEventBody } from '@lorebox/contract/chat';
import { AppError } from '@lorebox/contract/errors';
import type { Services } from '../core.ts';
import { chooseModel } from '../models/choose-model.ts';
import { gatherMaterial } from './gather-material.ts';
import type { PartialAnswer } from './partial-answer.ts';
import { planTurn } from './prepare-prompt.ts';
import { produceReply } from './produce-reply.ts';
import { Reply } from './reply.ts';
import type { Turn } from './turn.ts';

/**
 * One turn: gather, build the prompt, stream the model, cite, check. All surfaces use these events. The caller stores
 * them. `partial` receives the citations of an answer that fails. Throws any error; when aborted, throws the reason of the signal.
 */
export async function* answerQuestion(
  core: Services,
  turn: Turn,
  signal: AbortSignal,
  partial?: PartialAnswer,
): AsyncGenerator<AnswerEventBody> {
  const started = performance.now();
  const model = await chooseModel(core, turn.workspace, turn.modelId);
  if (turn.responseFormat && model.kind === 'extractive') {
    throw new AppError('BAD_REQUEST', 'A response format requires a language model, but this workspace only quotes.');
  }
  const { threadId, questionId, mode } = turn;
  yield { type: 'answer-start', threadId, questionId, model: model.id, mode };
  const planned = model.kind === 'language-model' ? await planTurn(core, turn, model) : null;
  const reason = model.kind === 'extractive' ? model.reason : null;
  const material = await gatherMaterial(core, turn, model, planned, signal);
  const reply = new Reply(turn, model, material, planned, started);
  try {
    for await (const part of produceReply(core, turn, material, { planned, reason }, signal)) yield* reply.add(part);
    yield* reply.flush();
    yield await reply.end(core, signal);
  } catch (error) {
    partial?.keepCitations(reply.citations);
    throw error;
  }
}
