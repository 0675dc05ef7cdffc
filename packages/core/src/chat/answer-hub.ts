import type { LiveAnswer } from './live-answer.ts';

/** The answers that this process is making. What has ended is in the store. */
export class AnswerHub {
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

  /** Ends all answers with `reason` and waits until they are recorded. */
  async stop(reason: 'shutdown'): Promise<void> {
    for (const answer of this.live.values()) answer.controller.abort(reason);
    await Promise.allSettled(this.settled.values());
  }
}
