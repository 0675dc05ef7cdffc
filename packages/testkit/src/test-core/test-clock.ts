import type { Clock } from '@lorebox/ports/runtime';

/** A clock that stands still until a test advances it. */
export class TestClock implements Clock {
  private time: number;
  private readonly sleepers = new Set<{ at: number; wake(): void }>();

  constructor(start: Date) {
    this.time = start.getTime();
  }

  readonly now = (): number => this.time;

  get date(): Date {
    return new Date(this.time);
  }

  /** Whether anything is waiting for the clock to advance. */
  get isAwaited(): boolean {
    return this.sleepers.size > 0;
  }

  /** Resolves when the clock has advanced by `ms`, or when the signal is aborted. */
  readonly sleep = (ms: number, signal?: AbortSignal): Promise<void> => {
    return new Promise((resolve) => {
      const sleeper = {
        at: this.time + ms,
        wake: () => {
          this.sleepers.delete(sleeper);
          signal?.removeEventListener('abort', sleeper.wake);
          resolve();
        },
      };
      this.sleepers.add(sleeper);
      signal?.addEventListener('abort', sleeper.wake, { once: true });
      if (signal?.aborted) sleeper.wake();
    });
  };

  /** Advances the clock and wakes everything that was waiting for this time. */
  advance(ms: number): void {
    this.time += ms;
    for (const sleeper of [...this.sleepers]) if (sleeper.at <= this.time) sleeper.wake();
  }
}
