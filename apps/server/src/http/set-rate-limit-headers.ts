import type { Context } from 'hono';
import type { BucketState } from '../identity/throttle.ts';
import type { HttpEnv } from './http-env.ts';

/** How a limit of the caller stands, for the headers of the answer. Of several, the one that is nearest to its end is told of. */
export function setRateLimitHeaders(c: Context<HttpEnv>, limit: BucketState): void {
  const known = c.get('limit');
  if (!known || limit.remaining <= known.remaining) c.set('limit', limit);
}
