import { AppError, isAppError } from '@lorebox/contract/errors';
import type { SourceFetch, SourceRequest, SourceResponse } from '@lorebox/ports/connector';
import type { Clock } from '@lorebox/ports/runtime';
import { retryAfterMs } from '../background/retry-after-ms.ts';
import { type Sleep, sleep } from '../background/sleep.ts';

export interface PaceOptions {
  requestsPerSecond: number;
  /** Milliseconds before each retry of a request. After the last one, the request fails. */
  retryDelaysMs: readonly number[];
  /** If a server asks for a longer pause, the whole sync run is postponed. */
  longestWaitMs: number;
  signal: AbortSignal;
  clock: Clock;
  /** Default: the real clock. */
  sleep?: Sleep;
}

/** The fetch of one sync run: rate-limited, with retries, and with errors that say what to do. */
export function createPacedFetch(send: SourceFetch, options: PaceOptions): SourceFetch {
  const { signal, clock, sleep: wait = sleep } = options;
  const interval = 1000 / options.requestsPerSecond;
  let nextAt = 0;

  async function takeTurn(): Promise<void> {
    const now = clock.now();
    const at = Math.max(now, nextAt);
    nextAt = at + interval;
    if (at > now) await wait(at - now, signal);
  }

  async function attempt(url: string | URL, request: SourceRequest): Promise<SourceResponse | Retry> {
    await takeTurn();
    signal.throwIfAborted();
    try {
      const response = await send(url, request);
      const waitMs = requestedPauseMs(response, clock.now());
      if (waitMs === null) return response;
      await response.drop();
      const { status } = response;
      if (waitMs > options.longestWaitMs) {
        const message = `${response.url.host} is rate limiting requests (status ${status}).`;
        throw new AppError('RATE_LIMITED', message, { retryAfter: Math.ceil(waitMs / 1000) });
      }
      return { waitMs, error: new AppError('SOURCE_FAILED', `${response.url.host} responded with status ${status}.`) };
    } catch (error) {
      signal.throwIfAborted();
      if (isAppError(error) && error.code === 'SOURCE_FAILED') return { waitMs: 0, error };
      throw error;
    }
  }

  return async (url, request = {}) => {
    for (const delay of [...options.retryDelaysMs, null]) {
      const outcome = await attempt(url, request);
      if (!('error' in outcome)) return checkRefusal(outcome, request.allow ?? []);
      if (delay === null) throw outcome.error;
      await wait(Math.max(delay, outcome.waitMs), signal);
      signal.throwIfAborted();
    }
    throw new AppError('SOURCE_FAILED');
  };
}

interface Retry {
  error: AppError;
  waitMs: number;
}

/** Milliseconds to wait before the next attempt; null if the response is final. */
function requestedPauseMs(response: SourceResponse, now: number): number | null {
  const { status } = response;
  // GitHub reports an exhausted rate limit this way instead of with a 429.
  const isSpent = (status === 403 || status === 429) && response.header('x-ratelimit-remaining') === '0';
  const reset = isSpent ? Number(response.header('x-ratelimit-reset')) * 1000 - now : Number.NaN;
  if (status !== 429 && status < 500 && !isSpent) return null;
  if (status === 501 || status === 505) return null;
  const after = response.header('retry-after');
  if (after === null) return Number.isFinite(reset) ? Math.max(0, reset) : 0;
  return retryAfterMs(after, now);
}

async function checkRefusal(response: SourceResponse, allow: readonly number[]): Promise<SourceResponse> {
  const { status, url } = response;
  if ((status !== 401 && status !== 403) || allow.includes(status)) return response;
  await response.drop();
  const why = status === 401 ? 'rejected the credentials' : 'denied the request';
  throw new AppError(
    'SOURCE_REFUSED',
    `${url.host} ${why} (status ${status}). Check the token, its permissions and the address.`,
  );
}
