import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { Settings } from '@lorebox/contract/settings';
import { type BucketState, TokenBuckets } from './throttle.ts';

const PER_MS = 60_000;
/** Settings are read again after this time. */
const SETTINGS_MS = 1000;

/** Requests per minute: of an address, and of the user or key behind a call. Each is on when its setting is not 0. */
export class RequestLimits {
  private readonly buckets = new TokenBuckets(1, PER_MS);
  private readonly readSettings: () => Promise<Settings>;
  private settings: Promise<Settings> | null = null;
  private readAt = 0;

  constructor(readSettings: () => Promise<Settings>) {
    this.readSettings = readSettings;
  }

  /** Null where there is no limit. */
  async ofAddress(address: string): Promise<BucketState | null> {
    const { requestsPerMinutePerAddress } = await this.current();
    return this.consume(`address ${address}`, requestsPerMinutePerAddress);
  }

  async ofActor(actor: Actor): Promise<BucketState | null> {
    if (actor.kind === 'system') return null;
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

/** @throws AppError RATE_LIMITED when nothing was left. */
export function requireToken(state: BucketState | null): void {
  if (state === null || state.retryAfter === null) return;
  const { retryAfter, limit } = state;
  const message = `Rate limit exceeded: ${limit} requests per minute. Wait ${retryAfter} seconds.`;
  throw new AppError('RATE_LIMITED', message, { retryAfter });
}

/** As the IETF draft has them (`RateLimit-Limit`, `-Remaining`, `-Reset` in seconds, `-Policy`). */
export function rateLimitHeaders({ limit, remaining, resetSeconds }: BucketState): Record<string, string> {
  return {
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(resetSeconds),
    'ratelimit-policy': `${limit};w=${PER_MS / 1000}`,
  };
}
