export interface PollLoopOptions {
  /** One round of work; true when there is more to do at once. It handles its own errors. */
  tick(): Promise<boolean>;
  /** Waits until there may be something to do; the signal fires when the loop is woken or stopped. */
  idle(signal: AbortSignal): Promise<void>;
}

/** Calls `tick` again and again, with a pause while there is nothing to do, until it is stopped. */
export class PollLoop {
  private readonly options: PollLoopOptions;
  private readonly stopped = new AbortController();
  private pause = new AbortController();
  private running: Promise<void> | null = null;

  constructor(options: PollLoopOptions) {
    this.options = options;
  }

  /** Fires when the loop is stopped. */
  get signal(): AbortSignal {
    return this.stopped.signal;
  }

  start(): void {
    this.running = this.run();
  }

  /** Ends the pause, or skips the next one if a round of work is running. */
  wake(): void {
    this.pause.abort();
  }

  /** Resolves when the round of work that is running has ended. */
  async stop(): Promise<void> {
    this.stopped.abort();
    this.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      this.pause = new AbortController();
      const { signal } = this.pause;
      const hasMore = await this.options.tick();
      if (hasMore || signal.aborted || this.stopped.signal.aborted) continue;
      await this.options.idle(signal);
    }
  }
}
