import { AppError } from '@lorebox/contract/errors';
import { sleep } from '../background/sleep.ts';
import type { LiveAnswer } from './live-answer.ts';

/** The answers that are in progress in this process. Those that have ended are in the store. */
export class AnswerHub {
  private isDraining = false;
  private readonly live = new Map<string, LiveAnswer>();
  private readonly settled = new Map<string, Promise<void>>();

  add(answer: LiveAnswer, work: Promise<void>): void {
    this.live.set(answer.answerId, answer);
    const settled = work.finally(() => {
      this.live.delete(answer.answerId);
      this.settled.delete(answer.answerId);
    });
    this.settled.set(answer.answerId, settled);
  }

  get(answerId: string): LiveAnswer | undefined {
    return this.live.get(answerId);
  }

  get size(): number {
    return this.live.size;
  }

  cancelThread(threadId: string): void {
    for (const answer of this.live.values()) if (answer.threadId === threadId) answer.controller.abort('cancelled');
  }

  /** @throws AppError SHUTTING_DOWN once the hub is draining. */
  requireOpen(): void {
    if (this.isDraining) throw new AppError('SHUTTING_DOWN');
  }

  /** Refuses new answers, and waits until those in progress have ended, or for `timeoutMs`. */
  async drain(timeoutMs: number): Promise<void> {
    this.isDraining = true;
    const allEnded = new AbortController();
    const timeout = sleep(timeoutMs, allEnded.signal);
    await Promise.race([Promise.allSettled(this.settled.values()), timeout]);
    allEnded.abort();
  }

  /** Ends all answers with `reason` and waits until they are stored. */
  async stop(reason: 'shutdown'): Promise<void> {
    for (const answer of this.live.values()) answer.controller.abort(reason);
    await Promise.allSettled(this.settled.values());
  }
}
