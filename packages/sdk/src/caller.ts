import type { CallOptions } from './call-options.ts';
import { APITimeoutError, type LoreboxError, readProblem, toLoreboxError } from './errors.ts';
import { EventQueue } from './event-queue.ts';
import { pause } from './pause.ts';
import type { RequestContext } from './request-context.ts';
import { describeResponse, type ResponseInfo } from './response-info.ts';
import type { Transport } from './transport.ts';

export interface Request {
  signal?: AbortSignal;
  context: RequestContext;
}

interface Handlers<Raw> {
  onData(raw: Raw): void;
  onError(error: unknown): void;
  onComplete(): void;
  onConnectionStateChange(change: { state: string; error: unknown }): void;
  /** The server has accepted the subscription. Called again after a reconnect. */
  onStarted(): void;
}

interface FollowOptions<Item> {
  isLast?: (item: Item) => boolean;
  signal?: AbortSignal | undefined;
  onStarted?: () => void;
  /** Whether to open the stream again after an error from the server. False for streams that start something. */
  isReopened?: boolean;
}

const FIRST_DELAY_MS = 400;
const MAX_DELAY_MS = 8000;
/** If the server requests a longer delay than this, the error is returned instead of retrying. */
const MAX_RETRY_AFTER_SECONDS = 30;
/** A stream fails if the server is unreachable for longer than this. A restart takes less. */
const LOST_MS = 60_000;

/** Sends the calls of all resources, with timeout, retries, and the error classes of this package. */
export class Caller {
  readonly baseUrl: string;
  readonly client: Transport['client'];
  private readonly send: Transport['send'];
  private readonly timeout: number;
  private readonly maxRetries: number;

  constructor(transport: Transport, options: { baseUrl: string; timeout: number; maxRetries: number }) {
    this.client = transport.client;
    this.send = transport.send;
    this.baseUrl = options.baseUrl;
    this.timeout = options.timeout;
    this.maxRetries = options.maxRetries;
  }

  /** All attempts use the same idempotency key, so that a mutation whose response was lost is not repeated. */
  async run<T>(call: (request: Request) => Promise<T>, options: CallOptions = {}): Promise<T> {
    const { signal, timeout = this.timeout, maxRetries = this.maxRetries, onResponse } = options;
    const idempotencyKey = options.idempotencyKey ?? randomKey();
    for (let attempt = 0; ; attempt += 1) {
      signal?.throwIfAborted();
      const timer = timeout > 0 ? AbortSignal.timeout(timeout) : undefined;
      const responses: ResponseInfo[] = [];
      const context: RequestContext = {
        idempotencyKey,
        attempt: attempt + 1,
        onResponse: (response) => void responses.push(response),
      };
      const limits = [signal, timer].filter((limit) => limit !== undefined);
      const outcome = await settle(() => call({ signal: AbortSignal.any(limits), context }));
      // Outside of the call, because an error in the callback is the caller's and must not cause a retry.
      for (const response of responses) onResponse?.(response);
      if ('value' in outcome) return outcome.value;
      signal?.throwIfAborted();
      // tRPC aborts with its own reason.
      const { cause } = outcome;
      const error = timer?.aborted
        ? new APITimeoutError('TIMED_OUT', `${this.baseUrl} didn't respond in time.`, { cause })
        : toLoreboxError(cause, this.baseUrl);
      const delay = error.isRetryable && attempt < maxRetries ? delayBefore(error, attempt) : null;
      if (delay === null) throw error;
      await pause(delay, signal);
    }
  }

  /** The response to a plain GET request with an unread body. No timeout, because reading may take long. */
  open(path: string, headers: Record<string, string>, options: CallOptions = {}): Promise<Response> {
    return this.run(
      async ({ signal, context }) => {
        const { attempt = 1 } = context;
        const response = await this.send(path, { headers, attempt, ...(signal && { signal }) });
        context.onResponse?.(describeResponse(response));
        if (!response.ok) throw await readProblem(response);
        return response;
      },
      { timeout: 0, ...options },
    );
  }

  /** Returns a subscription as an async iterable. Leaving the loop ends it. tRPC reconnects dropped connections. */
  subscribe<Raw, Item>(
    open: (handlers: Handlers<Raw>) => { unsubscribe(): void },
    read: (raw: Raw) => Item,
    { isLast = () => false, signal, onStarted = () => {}, isReopened = true }: FollowOptions<Item> = {},
  ): AsyncIterable<Item> {
    const { baseUrl, maxRetries } = this;
    return {
      [Symbol.asyncIterator]() {
        const leave = () => queue.fail(signal?.reason);
        const queue = new EventQueue<Item>(() => {
          signal?.removeEventListener('abort', leave);
          subscription.unsubscribe();
        });
        let refusals = 0;
        let lostAt: number | null = null;
        const subscription = open({
          onStarted,
          // tRPC reopens a stream forever, whatever the server responds.
          onConnectionStateChange({ state, error }) {
            if (state !== 'connecting') lostAt = null;
            if (state !== 'connecting' || !error) return;
            lostAt ??= Date.now();
            const known = toLoreboxError(error, baseUrl);
            if (known.status !== null) refusals += 1;
            if (refusals > (isReopened ? maxRetries : 0) || Date.now() - lostAt > LOST_MS) queue.fail(known);
          },
          onData(raw) {
            refusals = 0;
            const item = read(raw);
            queue.push(item);
            if (isLast(item)) queue.finish();
          },
          onError: (error) => queue.fail(toLoreboxError(error, baseUrl)),
          onComplete: () => queue.finish(),
        });
        signal?.addEventListener('abort', leave, { once: true });
        if (signal?.aborted) leave();
        return queue[Symbol.asyncIterator]();
      },
    };
  }
}

async function settle<T>(call: () => Promise<T>): Promise<{ value: T } | { cause: unknown }> {
  try {
    return { value: await call() };
  } catch (cause) {
    return { cause };
  }
}

/** A random 128-bit value. `randomUUID` is not available on pages served over plain HTTP, as on local networks. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Returns the delay in milliseconds: the value requested by the server, otherwise exponential backoff with jitter. Null
 * means no retry.
 */
function delayBefore({ retryAfter }: LoreboxError, attempt: number): number | null {
  if (retryAfter !== null) return retryAfter <= MAX_RETRY_AFTER_SECONDS ? retryAfter * 1000 : null;
  return Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt) * (0.5 + Math.random() / 2);
}
