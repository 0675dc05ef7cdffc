import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { Settings } from '@lorebox/contract/settings';
import { type BucketState, TokenBuckets } from './throttle.ts';

const PER_MS = 60_000;
/** How long settings are cached. */
const SETTINGS_MS = 1000;

/** Limits requests per minute by address, and by the user or key of a call. A limit of 0 disables it. */
export class RequestLimits {
  private readonly buckets = new TokenBuckets(1, PER_MS);
  private readonly readSettings: () => Promise<Settings>;
  private settings: Promise<Settings> | null = null;
  private readAt = 0;

  constructor(readSettings: () => Promise<Settings>) {
    this.readSettings = readSettings;
  }

  /** Null if there is no limit. */
  async ofAddress(address: string): Promise<BucketState | null> {
    const { requestsPerMinutePerAddress } = await this.current();
    return this.consume(`address ${address}`, requestsPerMinutePerAddress);
  }

  async ofActor(actor: Actor): Promise<BucketState | null> {
    // Visitors are limited by address and by the quotas of the widget.
    if (actor.kind === 'system' || actor.kind === 'embed') return null;
    const { requestsPerMinutePerUser, requestsPerMinutePerKey } = await this.current();
    if (actor.kind === 'user') return this.consume(`user ${actor.userId}`, requestsPerMinutePerUser);
    return this.consume(`key ${actor.keyId}`, actor.requestsPerMinute ?? requestsPerMinutePerKey);
  }

  private consume(name: string, capacity: number): BucketState | null {
    return capacity === 0 ? null : this.buckets.consume(name, Date.now(), capacity);
  }

  private current(): Promise<Settings> {
    if (this.settings === null || Date.now() - this.readAt > SETTINGS_MS) {
      this.readAt = Date.now();
      this.settings = this.readSettings();
    }
    return this.settings;
  }
}

/** @throws AppError RATE_LIMITED if the limit was exceeded. */
export function requireToken(state: BucketState | null): void {
  if (state === null || state.retryAfter === null) return;
  const { retryAfter, limit } = state;
  const message = `Rate limit exceeded: ${limit} requests per minute. Wait ${retryAfter} seconds.`;
  throw new AppError('RATE_LIMITED', message, { retryAfter });
}

/** Headers of the IETF draft: `RateLimit-Limit`, `-Remaining`, `-Reset` in seconds and `-Policy`. */
export function rateLimitHeaders({ limit, remaining, resetSeconds }: BucketState): Record<string, string> {
  return {
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(resetSeconds),
    'ratelimit-policy': `${limit};w=${PER_MS / 1000}`,
  };
}
