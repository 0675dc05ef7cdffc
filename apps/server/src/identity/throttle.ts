import { AppError } from '@lorebox/contract/errors';

interface Bucket {
  tokens: number;
  at: number;
}

export interface BucketState {
  limit: number;
  /** Tokens that are available now. */
  remaining: number;
  /** Seconds until the bucket is full again. */
  resetSeconds: number;
  /** Seconds until the next token; null if this one was granted. */
  retryAfter: number | null;
}

/** Token buckets by name: `capacity` tokens, refilled evenly over `perMs`. Full buckets are removed. */
export class TokenBuckets {
  private readonly buckets = new Map<string, Bucket>();
  private readonly capacity: number;
  private readonly perMs: number;
  private readonly maxNames: number;

  constructor(capacity: number, perMs: number, maxNames = 50_000) {
    this.capacity = capacity;
    this.perMs = perMs;
    this.maxNames = maxNames;
  }

  /** @throws AppError RATE_LIMITED if the bucket is empty. */
  take(name: string, now = Date.now()): void {
    const { retryAfter } = this.consume(name, now);
    if (retryAfter === null) return;
    throw new AppError('RATE_LIMITED', `Too many attempts. Wait ${retryAfter} seconds.`, { retryAfter });
  }

  /** Takes a token if there is one, and returns the state of the bucket. A name can have its own capacity. */
  consume(name: string, now = Date.now(), capacity = this.capacity): BucketState {
    const bucket = this.buckets.get(name) ?? { tokens: capacity, at: now };
    const perToken = this.perMs / capacity;
    const tokens = Math.min(capacity, bucket.tokens + Math.max(0, now - bucket.at) / perToken);
    const isGranted = tokens >= 1;
    const left = isGranted ? tokens - 1 : tokens;
    if (isGranted) this.buckets.set(name, { tokens: left, at: now });
    if (this.buckets.size > this.maxNames) this.forgetFull(now);
    return {
      limit: capacity,
      remaining: Math.floor(left),
      resetSeconds: Math.ceil(((capacity - left) * perToken) / 1000),
      retryAfter: isGranted ? null : Math.ceil(((1 - tokens) * perToken) / 1000),
    };
  }

  refund(name: string): void {
    this.buckets.delete(name);
  }

  /** Returns one token to the bucket. */
  giveBack(name: string): void {
    const bucket = this.buckets.get(name);
    if (bucket) bucket.tokens = Math.min(this.capacity, bucket.tokens + 1);
  }

  private forgetFull(now: number): void {
    for (const [name, { at }] of this.buckets) if (now - at > this.perMs) this.buckets.delete(name);
    if (this.buckets.size > this.maxNames) this.buckets.clear();
  }
}
