import type { AnswerEnd, AnswerEvent, AskStarted } from '@lorebox/contract/chat';
import { APIConnectionError, readAnswerError } from './errors.ts';
import { type StreamFormat, toByteStream } from './to-byte-stream.ts';

/** Access to an answer. Private to the package. */
export interface AnswerConnection {
  watch: (answerId: string) => AsyncIterable<AnswerEvent>;
  stop: (answerId: string) => Promise<void>;
  cancelOnLeave: boolean;
}

/**
 * An answer that is being generated. Loop over its events, or wait for its text or its final event. If you leave the loop,
 * the answer continues on the server, unless `cancelOnLeave` is set. `cancel()` stops it.
 */
export class AnswerStream implements AsyncIterable<AnswerEvent> {
  /** Ids of the answer, thread and question, once the server has accepted the question. */
  readonly started: Promise<AskStarted>;
  private readonly connection: AnswerConnection;

  /** @internal */
  constructor(started: Promise<AskStarted>, connection: AnswerConnection) {
    this.started = started;
    this.started.catch(() => {}); // the reader of the stream gets the error
    this.connection = connection;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<AnswerEvent> {
    const { answerId } = await this.started;
    let isOver = false;
    try {
      for await (const event of this.connection.watch(answerId)) {
        isOver = event.type === 'answer-end' || event.type === 'answer-error';
        yield event;
      }
    } finally {
      if (!isOver && this.connection.cancelOnLeave) await this.connection.stop(answerId).catch(() => {});
    }
  }

  /**
   * The text as it is generated. @throws LoreboxError when the answer fails.
   * @example
   * const answer = lorebox.ask({ workspace: 'demo', question: 'How tall is the lighthouse?' });
   * for await (const text of answer.text()) process.stdout.write(text);
   */
  async *text(): AsyncGenerator<string> {
    for await (const event of this) {
      if (event.type === 'text-delta') yield event.text;
      else if (event.type === 'answer-error') throw readAnswerError(event.code, event.message, event.retryable);
    }
  }

  /**
   * The final event, with the complete answer, citations and context report. The `origin` of a citation says who found
   * it: the model, or Lorebox (`matched`). @throws LoreboxError when the answer fails.
   * @example
   * const { answer, citations } = await lorebox.ask({ workspace: 'demo', question: 'How tall is it?' }).final();
   */
  async final(): Promise<AnswerEnd> {
    for await (const event of this) {
      if (event.type === 'answer-end') return event;
      if (event.type === 'answer-error') throw readAnswerError(event.code, event.message, event.retryable);
    }
    throw new APIConnectionError('CONNECTION', 'The stream ended before the answer was complete.');
  }

  /**
   * The answer as a web stream: server-sent events in the format of the REST API, or plain text. Cancelling the stream is like
   * leaving the loop.
   * @example
   * const answer = lorebox.ask({ workspace: 'demo', question: 'How tall is the lighthouse?' });
   * for await (const bytes of answer.toReadableStream({ format: 'text' })) process.stdout.write(bytes);
   */
  toReadableStream({ format = 'events' }: { format?: StreamFormat | undefined } = {}): ReadableStream<Uint8Array> {
    return toByteStream(this, format);
  }

  /**
   * The answer as a response, for a route handler of your own.
   * @example
   * const response = lorebox.ask({ workspace: 'demo', question: 'How tall is it?' }).toResponse({ format: 'text' });
   * console.log(response.headers.get('content-type'), await response.text());
   */
  toResponse({ format = 'events', ...init }: ResponseInit & { format?: StreamFormat | undefined } = {}): Response {
    const headers = new Headers(init.headers);
    headers.set('content-type', format === 'text' ? 'text/plain; charset=utf-8' : 'text/event-stream');
    headers.set('cache-control', 'no-cache, no-transform');
    return new Response(this.toReadableStream({ format }), { ...init, headers });
  }

  /**
   * Cancels the answer on the server. Its final event says so. Does nothing if the answer has already ended.
   * @example
   * const answer = lorebox.ask({ workspace: 'demo', question: 'Tell me everything.' });
   * for await (const event of answer) if (event.type === 'sources-found') await answer.cancel();
   */
  async cancel(): Promise<void> {
    await this.connection.stop((await this.started).answerId);
  }
}
