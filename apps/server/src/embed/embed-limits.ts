import { TokenBuckets } from '../identity/throttle.ts';

const MINUTE_MS = 60_000;

export type EmbedAction = 'read' | 'session' | 'ask' | 'write' | 'probe';

/** Limits what visitors behind one address can do per minute. An office shares one address, so they are not tight. */
export class EmbedLimits {
  private readonly buckets: Record<EmbedAction, TokenBuckets> = {
    read: new TokenBuckets(240, MINUTE_MS),
    session: new TokenBuckets(30, MINUTE_MS),
    ask: new TokenBuckets(40, MINUTE_MS),
    write: new TokenBuckets(60, MINUTE_MS),
    probe: new TokenBuckets(12, MINUTE_MS),
  };

  /** @throws AppError RATE_LIMITED */
  take(action: EmbedAction, address: string): void {
    this.buckets[action].take(address);
  }
}
