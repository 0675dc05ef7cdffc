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

  /** Whether something sleeps until the clock is advanced. */
  get isAwaited(): boolean {
    return this.sleepers.size > 0;
  }

  /** Resolves when the clock has been advanced by `ms`, or as soon as the signal fires. */
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

  /** Moves the clock forward and wakes everything that sleeps until then. */
  advance(ms: number): void {
    this.time += ms;
    for (const sleeper of [...this.sleepers]) if (sleeper.at <= this.time) sleeper.wake();
  }
}
