import type { AnswerEventBody } from '@lorebox/contract/chat';
import { AppError, ERROR_CODES, type ErrorCode, isAppError } from '@lorebox/contract/errors';
import type { AnswerMessage, AnswerState } from '@lorebox/ports/chat-stores';
import type { Core } from '../core.ts';
import { answerQuestion } from './answer-question.ts';
import type { LiveAnswer } from './live-answer.ts';
import { PartialAnswer } from './partial-answer.ts';
import type { Turn } from './turn.ts';

interface Outcome {
  state: AnswerState;
  message: AnswerMessage;
}

/**
 * Runs one turn in the background, independent of who watches it. The last event and the message are stored in one
 * commit.
 */
export async function runAnswer(core: Core, live: LiveAnswer, turn: Turn): Promise<void> {
  const partial = new PartialAnswer(turn.workspace.id);
  const { signal } = live.controller;
  const finish = (body: AnswerEventBody, { state, message }: Outcome) =>
    live.end(body, (events) => {
      return core.stores.answers.finish(live.answerId, { events, state, message, at: new Date(core.clock.now()) });
    });
  try {
    for await (const body of answerQuestion(core, turn, signal, partial)) {
      partial.add(body);
      if (body.type !== 'answer-end') await live.publish(body);
      else {
        const { answer, citations, unsupported, model, finishReason } = body;
        const message = {
          text: answer,
          reasoning: partial.reasoning,
          status: 'complete',
          citations,
          unsupported,
          model,
          finishReason,
          error: null,
        } satisfies AnswerMessage;
        await finish(body, { state: 'done', message });
      }
    }
  } catch (cause) {
    const error = toAppError(cause, signal);
    if (error.code === 'INTERNAL') core.log.error({ err: cause, answerId: live.answerId }, 'answer failed');
    else if (ERROR_CODES[error.code].http >= 502)
      core.log.warn({ err: error, answerId: live.answerId }, 'answer failed');
    const { code, message } = error;
    const isCancelled = code === 'CANCELLED';
    const body = { type: 'answer-error', code, message, retryable: mayWorkLater(code) } as const;
    const status: 'cancelled' | 'failed' = isCancelled ? 'cancelled' : 'failed';
    const stored = partial.toMessage(status, { code, message });
    await finish(body, { state: status, message: stored }).catch((failure) => {
      core.log.error({ err: failure, answerId: live.answerId }, 'answer end not stored');
    });
  }
}

/** An error in the question or the choice of model would happen again. */
function mayWorkLater(code: ErrorCode): boolean {
  const { http } = ERROR_CODES[code];
  return http >= 500 || code === 'CANCELLED' || code === 'RATE_LIMITED' || code === 'TIMEOUT';
}

function toAppError(cause: unknown, signal: AbortSignal): AppError {
  if (signal.aborted)
    return signal.reason === 'shutdown' ? new AppError('ANSWER_INTERRUPTED') : new AppError('CANCELLED');
  return isAppError(cause) ? cause : new AppError('INTERNAL', undefined, { cause });
}
