import type { AnswerEvent } from '@lorebox/contract/chat';
import { ERROR_CODES } from '@lorebox/contract/errors';
import type { Core } from '../core.ts';
import { MAX_UNSTORED_EVENTS } from './live-answer.ts';
import { PartialAnswer } from './partial-answer.ts';

/**
 * Ends the answers that a stopped process left running. Their stored events become the message. Returns the number of
 * answers.
 */
export async function recoverAnswers(core: Pick<Core, 'stores' | 'clock'>): Promise<number> {
  const { answers } = core.stores;
  const running = await answers.listRunning();
  for (const { id, workspaceId } of running) {
    const partial = new PartialAnswer(workspaceId);
    const events = await answers.eventsAfter(id, 0);
    for (const event of events) partial.add(event);
    // Watchers may have seen events that were not stored, so their numbers are not used again.
    const seq = (events.at(-1)?.seq ?? 0) + MAX_UNSTORED_EVENTS + 1;
    const error = { code: 'ANSWER_INTERRUPTED', message: ERROR_CODES.ANSWER_INTERRUPTED.message };
    const end: AnswerEvent = { type: 'answer-error', answerId: id, seq, ...error, retryable: true };
    const at = new Date(core.clock.now());
    await answers.finish(id, { events: [end], state: 'failed', message: partial.toMessage('failed', error), at });
  }
  return running.length;
}
