import type { AnswerEnd, AnswerEvent, AskStarted } from '@lorebox/contract/chat';
import { ConnectionError, type LoreboxError, type LoreboxErrorCode, ServerError } from './errors.ts';

/** Access to an answer. Private to the package. */
export interface AnswerLine {
  follow: (answerId: string) => AsyncIterable<AnswerEvent>;
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
   * The text as it is generated. @throws LoreboxError when the answer fails.
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
   * The final event, with the complete answer, citations and context report. @throws LoreboxError when the answer fails.
   * @example
   * const { answer, citations } = await lorebox.ask({ workspace: 'demo', question: 'How tall is it?' }).final();
   */
  async final(): Promise<AnswerEnd> {
    for await (const event of this) {
      if (event.type === 'answer-end') return event;
      if (event.type === 'answer-error') throw toError(event);
    }
    throw new ConnectionError('CONNECTION', 'The stream ended before the answer was complete.');
  }

  /**
   * Cancels the answer on the server. Its final event says so. Does nothing if the answer has already ended.
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
