/** What was answered, kept to be answered again. */
export interface KeptAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

type Claim =
  /** The first of its kind: run it, then `finish` or `release`. */
  | { state: 'new' }
  /** The same request is running at this moment. */
  | { state: 'running' }
  /** The key was used for another request. */
  | { state: 'mismatch' }
  | { state: 'done'; answer: KeptAnswer };

/** Remembers requests by their Idempotency-Key; `scope` says whose key it is and for which operation. */
export interface IdempotencyStore {
  claim(scope: string, key: string, fingerprint: string): Promise<Claim>;
  finish(scope: string, key: string, answer: KeptAnswer): Promise<void>;
  /** The request failed without effect: the key may be used again. */
  release(scope: string, key: string): Promise<void>;
}

interface Entry {
  fingerprint: string;
  answer: KeptAnswer | null;
  at: number;
}

/** For one process: entries live for `ttlMs` (a day), and at most `maxEntries` of them, the oldest out first. */
export function createMemoryIdempotencyStore(
  { ttlMs = 86_400_000, maxEntries = 10_000 }: { ttlMs?: number; maxEntries?: number } = {},
  now: () => number = Date.now,
): IdempotencyStore {
  const entries = new Map<string, Entry>();
  const nameOf = (scope: string, key: string) => JSON.stringify([scope, key]);

  function forget(): void {
    for (const [name, { at }] of entries) {
      if (entries.size <= maxEntries && now() - at < ttlMs) return;
      entries.delete(name);
    }
  }

  return {
    async claim(scope, key, fingerprint) {
      forget();
      const known = entries.get(nameOf(scope, key));
      if (known) {
        if (known.fingerprint !== fingerprint) return { state: 'mismatch' };
        return known.answer ? { state: 'done', answer: known.answer } : { state: 'running' };
      }
      entries.set(nameOf(scope, key), { fingerprint, answer: null, at: now() });
      return { state: 'new' };
    },
    async finish(scope, key, answer) {
      const known = entries.get(nameOf(scope, key));
      if (known) known.answer = answer;
    },
    async release(scope, key) {
      entries.delete(nameOf(scope, key));
    },
  };
}
