import type { Actor } from '@lorebox/contract/actor';
import type { AnswerDetails, AnswerEvent, Message } from '@lorebox/contract/chat';
import { AppError } from '@lorebox/contract/errors';
import type { Core } from '../core.ts';
import { getMessage } from '../threads/get-message.ts';

/**
 * Returns how an answer was made, from its stored events.
 * @throws AppError BAD_REQUEST for a question, CONFLICT while the answer is in progress.
 */
export async function getDetails(core: Core, actor: Actor, messageId: string): Promise<AnswerDetails> {
  const message = await getMessage(core, actor, messageId);
  if (message.role !== 'assistant' || message.answerId === null)
    throw new AppError('BAD_REQUEST', 'Only answers have details, not questions.');
  if (message.status === 'streaming')
    throw new AppError('CONFLICT', 'The answer is still in progress. Get its details when it has ended.');
  return detailsOf(message, await core.stores.answers.eventsAfter(message.answerId, 0));
}

export function detailsOf(
  { model, finishReason, unsupported }: Pick<Message, 'model' | 'finishReason' | 'unsupported'>,
  events: readonly AnswerEvent[],
): AnswerDetails {
  const start = events.find((event) => event.type === 'answer-start');
  const found = events.find((event) => event.type === 'sources-found');
  const end = events.find((event) => event.type === 'answer-end');
  return {
    sources: found?.sources ?? [],
    tableQueries: found?.tableQueries ?? [],
    context: end?.context ?? null,
    notices: [...(found?.notices ?? []), ...(end?.notices ?? [])],
    unsupported,
    usage: end?.usage ?? null,
    timings: end?.timings ?? null,
    model: model ?? start?.model ?? null,
    mode: start?.mode ?? null,
    finishReason,
  };
}
