/** Requests that carried an Idempotency-Key, with what they were answered. */
export interface IdempotencyRows {
  get(scope: string, key: string): Promise<{ fingerprint: string; answer: string | null } | null>;
  /** Written before everything that is written after this call; one that is there stays as it is. */
  claim(scope: string, key: string, fingerprint: string, at: Date): Promise<void>;
  finish(scope: string, key: string, answer: string): Promise<void>;
  release(scope: string, key: string): Promise<void>;
  /** Removes those that were claimed before; how many. */
  prune(before: Date): Promise<number>;
}
