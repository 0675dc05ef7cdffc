import type { AnswerEvent } from '@lorebox/contract/chat';
import type { EmbedEvent } from '@lorebox/contract/embed';
import { requireScope } from '../access/require-scope.ts';
import { watch } from '../chat/watch.ts';
import type { Core } from '../core.ts';
import type { Visitor } from './session.ts';
import { toEmbedCitation } from './to-embed-citation.ts';

export interface NumberedEvent {
  seq: number;
  event: EmbedEvent;
}

/** Replays the events of an answer after `lastEventId` as a visitor may see them, then continues live. */
export async function* watchEmbedded(
  core: Core,
  { actor }: Visitor,
  input: { answerId: string; lastEventId?: string | undefined },
  signal?: AbortSignal,
): AsyncGenerator<NumberedEvent> {
  requireScope(actor, 'chat');
  for await (const event of watch(core, actor, input, signal)) {
    const shown = toEmbedEvent(event);
    if (shown) yield { seq: event.seq, event: shown };
  }
}

/**
 * Null for events that visitors don't see: what was retrieved, the prompt and the reasoning. Errors are not explained,
 * because they name models and servers.
 */
function toEmbedEvent(event: AnswerEvent): EmbedEvent | null {
  switch (event.type) {
    case 'answer-start':
      return { type: 'start', answerId: event.answerId, questionId: event.questionId };
    case 'text-delta':
      return { type: 'text', text: event.text };
    case 'answer-end': {
      const { messageId, answer, citations } = event;
      return { type: 'end', messageId, text: answer, citations: citations.map(toEmbedCitation) };
    }
    case 'answer-error': {
      const message = 'The answer could not be completed. Try again.';
      return { type: 'error', code: 'ANSWER_FAILED', message, retryable: event.retryable };
    }
    default:
      return null;
  }
}
