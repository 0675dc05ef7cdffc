/** Converts pushed values to an async iterable. It ends or fails after all earlier values have been read. */
export class EventQueue<T> implements AsyncIterable<T> {
  private readonly values: T[] = [];
  private end: { error: unknown } | 'done' | null = null;
  private wake: () => void = () => {};
  private readonly onReturn: () => void;

  /** `onReturn` runs when the reader stops, at the end or earlier. */
  constructor(onReturn: () => void) {
    this.onReturn = onReturn;
  }

  push(value: T): void {
    this.values.push(value);
    this.wake();
  }

  finish(): void {
    this.end ??= 'done';
    this.wake();
  }

  fail(error: unknown): void {
    this.end ??= { error };
    this.wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    try {
      for (;;) {
        while (this.values.length > 0) yield this.values.shift() as T;
        if (this.end === 'done') return;
        if (this.end) throw this.end.error;
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      }
    } finally {
      this.onReturn();
    }
  }
}
