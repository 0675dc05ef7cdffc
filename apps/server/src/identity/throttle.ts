import { AppError } from '@lorebox/contract/errors';

interface Bucket {
  tokens: number;
  at: number;
}

/** Token buckets by name: `capacity` at once, refilled evenly over `perMs`. Full ones are forgotten. */
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

  /** @throws AppError RATE_LIMITED when nothing is left under this name. */
  take(name: string, now = Date.now()): void {
    const bucket = this.buckets.get(name) ?? { tokens: this.capacity, at: now };
    const tokens = Math.min(this.capacity, bucket.tokens + ((now - bucket.at) / this.perMs) * this.capacity);
    if (tokens < 1) {
      const retryAfter = Math.ceil(((1 - tokens) / this.capacity) * (this.perMs / 1000));
      throw new AppError('RATE_LIMITED', `Too many tries. Wait ${retryAfter} seconds.`, { retryAfter });
    }
    this.buckets.set(name, { tokens: tokens - 1, at: now });
    if (this.buckets.size > this.maxNames) this.forgetFull(now);
  }

  refund(name: string): void {
    this.buckets.delete(name);
  }

  private forgetFull(now: number): void {
    for (const [name, { at }] of this.buckets) if (now - at > this.perMs) this.buckets.delete(name);
    if (this.buckets.size > this.maxNames) this.buckets.clear();
  }
}
