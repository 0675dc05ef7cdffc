export interface PollLoopOptions {
  /** One round of work; true if there is more to do immediately. Must handle its own errors. */
  tick(): Promise<boolean>;
  /** Waits until there may be work. The signal is aborted when the loop is woken or stopped. */
  idle(signal: AbortSignal): Promise<void>;
}

/** Calls `tick` repeatedly until it is stopped, and waits with `idle` when there is nothing to do. */
export class PollLoop {
  private readonly options: PollLoopOptions;
  private readonly stopped = new AbortController();
  private wait = new AbortController();
  private running: Promise<void> | null = null;

  constructor(options: PollLoopOptions) {
    this.options = options;
  }

  /** Aborted when the loop is stopped. */
  get signal(): AbortSignal {
    return this.stopped.signal;
  }

  start(): void {
    this.running = this.run();
  }

  /** Ends the wait, or skips the next one if a round of work is in progress. */
  wake(): void {
    this.wait.abort();
  }

  /** Resolves when the current round of work has ended. */
  async stop(): Promise<void> {
    this.stopped.abort();
    this.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      this.wait = new AbortController();
      const { signal } = this.wait;
      const hasMore = await this.options.tick();
      if (hasMore || signal.aborted || this.stopped.signal.aborted) continue;
      await this.options.idle(signal);
    }
  }
}
