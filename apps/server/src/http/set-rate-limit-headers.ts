import type { Context } from 'hono';
import type { BucketState } from '../identity/throttle.ts';
import type { HttpEnv } from './http-env.ts';

/**
 * Sets the rate limit headers of the response. If several limits apply, the one with the least remaining is reported.
 */
export function setRateLimitHeaders(c: Context<HttpEnv>, limit: BucketState): void {
  const known = c.get('limit');
  if (!known || limit.remaining <= known.remaining) c.set('limit', limit);
}
