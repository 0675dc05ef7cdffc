import { AppError, isAppError } from '@lorebox/contract/errors';
import type { SourceFetch, SourceRequest, SourceResponse } from '@lorebox/ports/connector';
import type { Clock } from '@lorebox/ports/runtime';
import { retryAfterMs } from '../background/retry-after-ms.ts';
import { sleep } from '../background/sleep.ts';

export interface PaceOptions {
  requestsPerSecond: number;
  /** Pauses before a request is sent again, in milliseconds; after the last one it has failed. */
  retryDelaysMs: readonly number[];
  /** A server that asks for a longer pause gets the whole pass postponed. */
  longestWaitMs: number;
  signal: AbortSignal;
  clock: Clock;
}

/** The fetch of one sync run: at its pace, with tries, and with errors that say what to do. */
export function createPacedFetch(send: SourceFetch, options: PaceOptions): SourceFetch {
  const { signal, clock } = options;
  const interval = 1000 / options.requestsPerSecond;
  let nextAt = 0;

  async function takeTurn(): Promise<void> {
    const now = clock.now();
    const at = Math.max(now, nextAt);
    nextAt = at + interval;
    if (at > now) await sleep(at - now, signal);
  }

  async function attempt(url: string | URL, request: SourceRequest): Promise<SourceResponse | Retry> {
    await takeTurn();
    signal.throwIfAborted();
    try {
      const response = await send(url, request);
      const wait = askedPause(response, clock.now());
      if (wait === null) return response;
      await response.drop();
      const { status } = response;
      if (wait > options.longestWaitMs) {
        const message = `${response.url.host} is rate limiting requests (status ${status}).`;
        throw new AppError('RATE_LIMITED', message, { retryAfter: Math.ceil(wait / 1000) });
      }
      return { wait, error: new AppError('SOURCE_FAILED', `${response.url.host} responded with status ${status}.`) };
    } catch (error) {
      signal.throwIfAborted();
      if (isAppError(error) && error.code === 'SOURCE_FAILED') return { wait: 0, error };
      throw error;
    }
  }

  return async (url, request = {}) => {
    for (const delay of [...options.retryDelaysMs, null]) {
      const outcome = await attempt(url, request);
      if (!('error' in outcome)) return checkRefusal(outcome, request.allow ?? []);
      if (delay === null) throw outcome.error;
      await sleep(Math.max(delay, outcome.wait), signal);
      signal.throwIfAborted();
    }
    throw new AppError('SOURCE_FAILED');
  };
}

interface Retry {
  error: AppError;
  wait: number;
}

/** Milliseconds until it makes sense to ask again; null when this is an answer. */
function askedPause(response: SourceResponse, now: number): number | null {
  const { status } = response;
  // GitHub's way to say 429.
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
