/** Requests with an Idempotency-Key and their responses. */
export interface IdempotencyRows {
  get(scope: string, key: string): Promise<{ fingerprint: string; answer: string | null } | null>;
  /** Is written before any later write. Keeps an existing row unchanged. */
  claim(scope: string, key: string, fingerprint: string, at: Date): Promise<void>;
  finish(scope: string, key: string, answer: string): Promise<void>;
  release(scope: string, key: string): Promise<void>;
  /** Removes keys claimed before `before`. Returns the number of keys. */
  prune(before: Date): Promise<number>;
}
