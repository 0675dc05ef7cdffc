import type { Actor } from '@lorebox/contract/actor';
import { isAppError } from '@lorebox/contract/errors';
import type { ModelTest } from '@lorebox/contract/model';
import { requireScope, requireUnbound } from '../access/require-scope.ts';
import { type ModelCall, streamModel } from '../chat/stream-model.ts';
import type { Core } from '../core.ts';
import { enterAnswer } from '../limits/enter-answer.ts';

const TIMEOUT_MS = 60_000;
const CALL: ModelCall = {
  prompt: [{ role: 'user', content: [{ type: 'text', text: 'Reply with one short sentence: are you ready?' }] }],
  maxOutputTokens: 32,
};
const TIMED_OUT = `The model did not answer within ${TIMEOUT_MS / 1000} seconds. It may still be loading: try again.`;

/** Asks a model one short question. Its problems are part of the result. */
export async function testModel(
  core: Core,
  actor: Actor,
  id: string,
  timeout: AbortSignal = AbortSignal.timeout(TIMEOUT_MS),
): Promise<ModelTest> {
  requireScope(actor, 'models:write');
  requireUnbound(actor);
  const leave = enterAnswer(core, actor, null);
  const started = performance.now();
  let firstTokenMs: number | null = null;
  let answer = '';
  const result = (problem: string | null) => ({
    ok: problem === null,
    firstTokenMs,
    totalMs: performance.now() - started,
    answer,
    problem,
  });
  try {
    const model = await core.models.chat.resolve(id);
    if (model.kind === 'extractive') return result(model.reason ?? 'This is no language model: it quotes documents.');
    for await (const part of streamModel(model, CALL, timeout)) {
      if (part.type === 'finish') return result(null);
      firstTokenMs ??= performance.now() - started;
      if (part.type === 'text') answer += part.text;
    }
    return result(null);
  } catch (error) {
    if (timeout.aborted) return result(TIMED_OUT);
    if (!isAppError(error)) throw error;
    return result(error.message);
  } finally {
    leave();
  }
}
