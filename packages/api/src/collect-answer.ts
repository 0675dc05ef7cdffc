import type { Answer, AnswerEvent } from '@lorebox/contract/chat';
import { AppError, ERROR_CODES, type ErrorCode } from '@lorebox/contract/errors';

/** Collects the answer from the events of a turn. @throws AppError with the error of `answer-error`. */
export async function collectAnswer(events: AsyncIterable<AnswerEvent>): Promise<Answer> {
  let start: Extract<AnswerEvent, { type: 'answer-start' }> | null = null;
  let found: Pick<Answer, 'sources' | 'tableQueries' | 'notices'> = { sources: [], tableQueries: [], notices: [] };
  let reasoning = '';
  for await (const event of events) {
    if (event.type === 'answer-start') start = event;
    if (event.type === 'sources-found') {
      const { sources, tableQueries, notices } = event;
      found = { sources, tableQueries, notices };
    }
    if (event.type === 'reasoning-delta') reasoning += event.text;
    if (event.type === 'answer-error') {
      const code = Object.hasOwn(ERROR_CODES, event.code) ? (event.code as ErrorCode) : 'INTERNAL';
      throw new AppError(code, event.message);
    }
    if (event.type === 'answer-end' && start) {
      const { type: _, seq: __, ...end } = event;
      const { threadId, questionId, mode } = start;
      const notices = [...found.notices, ...end.notices];
      return { ...end, ...found, notices, threadId, questionId, mode, reasoning: reasoning || null };
    }
  }
  throw new AppError('ANSWER_INTERRUPTED');
}
