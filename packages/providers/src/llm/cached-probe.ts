/** Cache time of a result. It is short for an unreachable server, because the user may be starting it. */
export interface ProbeAges {
  goodMs: number;
  badMs: number;
}

export const PROBE_AGES: ProbeAges = { goodMs: 20_000, badMs: 5000 };

/** Caches the result of `load`, including errors, and shares one call among concurrent callers. Every turn uses it. */
export class CachedProbe<T> {
  readonly #load: () => Promise<T>;
  readonly #ages: ProbeAges;
  #pending: Promise<T> | null = null;
  #known: { until: number; value?: T; error?: unknown } | null = null;

  constructor(load: () => Promise<T>, ages: ProbeAges = PROBE_AGES) {
    this.#load = load;
    this.#ages = ages;
  }

  /** @throws the error of the last load while it is cached. */
  async get(): Promise<T> {
    if (this.#known && performance.now() < this.#known.until) {
      if ('error' in this.#known) throw this.#known.error;
      return this.#known.value as T;
    }
    return this.refresh();
  }

  /** Loads again; concurrent callers share the result. */
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
