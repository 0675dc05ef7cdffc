import type { AnswerEnd, AnswerEvent, AskStarted } from '@lorebox/contract/chat';
import { ConnectionError, type LoreboxError, type LoreboxErrorCode, ServerError } from './errors.ts';

/** How an answer is reached; private to the package. */
export interface AnswerLine {
  follow: (answerId: string) => AsyncIterable<AnswerEvent>;
  stop: (answerId: string) => Promise<void>;
  cancelOnLeave: boolean;
}

/**
 * An answer in the making: loop over its events, or wait for its text or its end. Leaving the loop leaves the answer
 * running on the server, unless `cancelOnLeave` was asked for; `cancel()` stops it.
 */
export class AnswerStream implements AsyncIterable<AnswerEvent> {
  /** Ids of answer, thread and question, once the server has taken the question. */
  readonly started: Promise<AskStarted>;
  private readonly line: AnswerLine;

  /** @internal */
  constructor(started: Promise<AskStarted>, line: AnswerLine) {
    this.started = started;
    this.started.catch(() => {}); // whoever reads the stream gets the error
    this.line = line;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<AnswerEvent> {
    const { answerId } = await this.started;
    let isOver = false;
    try {
      for await (const event of this.line.follow(answerId)) {
        isOver = event.type === 'answer-end' || event.type === 'answer-error';
        yield event;
      }
    } finally {
      if (!isOver && this.line.cancelOnLeave) await this.line.stop(answerId).catch(() => {});
    }
  }

  /**
   * The text as it comes. @throws LoreboxError when the answer ends with one.
   * @example
   * const answer = lorebox.ask({ workspace: 'demo', question: 'How tall is the lighthouse?' });
   * for await (const text of answer.text()) process.stdout.write(text);
   */
  async *text(): AsyncGenerator<string> {
    for await (const event of this) {
      if (event.type === 'text-delta') yield event.text;
      else if (event.type === 'answer-error') throw toError(event);
    }
  }

  /**
   * The last event: whole answer, citations, context report. @throws LoreboxError when the answer ended with one.
   * @example
   * const { answer, citations } = await lorebox.ask({ workspace: 'demo', question: 'How tall is it?' }).final();
   */
  async final(): Promise<AnswerEnd> {
    for await (const event of this) {
      if (event.type === 'answer-end') return event;
      if (event.type === 'answer-error') throw toError(event);
    }
    throw new ConnectionError('CONNECTION', 'The stream ended before the answer did.');
  }

  /**
   * Stops the answer on the server; its last event says so. One that has ended stays as it is.
   * @example
   * const answer = lorebox.ask({ workspace: 'demo', question: 'Tell me everything.' });
   * for await (const event of answer) if (event.type === 'sources-found') await answer.cancel();
   */
  async cancel(): Promise<void> {
    await this.line.stop((await this.started).answerId);
  }
}

function toError(event: AnswerEvent & { type: 'answer-error' }): LoreboxError {
  return new ServerError(event.code as LoreboxErrorCode, event.message, { isRetryable: event.retryable });
}
