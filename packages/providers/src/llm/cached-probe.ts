/** How long an answer counts: short when nobody answered, because that is when somebody starts the server. */
export interface ProbeAges {
  goodMs: number;
  badMs: number;
}

export const PROBE_AGES: ProbeAges = { goodMs: 20_000, badMs: 5000 };

/**
 * Remembers what `load` gave, an error included, and asks once however many wait: what is behind it is looked up in
 * every turn.
 */
export class CachedProbe<T> {
  readonly #load: () => Promise<T>;
  readonly #ages: ProbeAges;
  #pending: Promise<T> | null = null;
  #known: { until: number; value?: T; error?: unknown } | null = null;

  constructor(load: () => Promise<T>, ages: ProbeAges = PROBE_AGES) {
    this.#load = load;
    this.#ages = ages;
  }

  /** @throws what the last load threw, while that still counts. */
  async get(): Promise<T> {
    if (this.#known && performance.now() < this.#known.until) {
      if ('error' in this.#known) throw this.#known.error;
      return this.#known.value as T;
    }
    return this.refresh();
  }

  /** Asks again; whoever asks meanwhile gets the same answer. */
  refresh(): Promise<T> {
    this.#pending ??= this.#load()
      .then(
        (value) => {
          this.#known = { until: performance.now() + this.#ages.goodMs, value };
          return value;
        },
        (error: unknown) => {
          this.#known = { until: performance.now() + this.#ages.badMs, error };
          throw error;
        },
      )
      .finally(() => {
        this.#pending = null;
      });
    return this.#pending;
  }
}
