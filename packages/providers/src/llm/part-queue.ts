/** Converts callbacks to an async iterator. Pushed items are buffered until they are read. One reader. */
export class PartQueue<T> {
  readonly #waiting: T[] = [];
  #ended: { error?: unknown } | null = null;
  #wake: (() => void) | null = null;

  push(part: T): void {
    this.#waiting.push(part);
    this.#wake?.();
  }

  end(): void {
    this.#ended ??= {};
    this.#wake?.();
  }

  /** Items pushed before are still read, then `error` is thrown. */
  fail(error: unknown): void {
    this.#ended ??= { error };
    this.#wake?.();
  }

  async *read(): AsyncGenerator<T> {
    for (;;) {
      for (let part = this.#waiting.shift(); part !== undefined; part = this.#waiting.shift()) yield part;
      if (this.#ended) break;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = null;
    }
    if ('error' in this.#ended) throw this.#ended.error;
  }
}
