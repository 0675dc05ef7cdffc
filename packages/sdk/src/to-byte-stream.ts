import type { AnswerEvent } from '@lorebox/contract/chat';
import { readAnswerError } from './errors.ts';

/** "events": server-sent events in the format of the REST API. "text": only the text of the answer. */
export type StreamFormat = 'events' | 'text';

/** An answer as bytes. With "text", a failed answer makes the stream fail; with "events", the failure is an event. */
export function toByteStream(answer: AsyncIterable<AnswerEvent>, format: StreamFormat): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = answer[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        for (;;) {
          const next = await iterator.next();
          if (next.done) return controller.close();
          const text = format === 'text' ? toText(next.value) : toEvent(next.value);
          if (text === '') continue;
          return controller.enqueue(encoder.encode(text));
        }
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

function toText(event: AnswerEvent): string {
  if (event.type === 'answer-error') throw readAnswerError(event.code, event.message, event.retryable);
  return event.type === 'text-delta' ? event.text : '';
}

function toEvent(event: AnswerEvent): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\nid: ${event.seq}\n\n`;
}
