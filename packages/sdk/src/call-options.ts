import type { ResponseInfo } from './response-info.ts';

/** Options for a single call that override those of the client. */
export interface CallOptions {
  /** Aborts the call, which rejects with the reason of the signal. */
  signal?: AbortSignal | undefined;
  /** Timeout per attempt in milliseconds. */
  timeout?: number | undefined;
  /** Maximum number of retries after a temporary failure. */
  maxRetries?: number | undefined;
  /** Idempotency key to use instead of a random one. Repeated calls with the same key get the first response. */
  idempotencyKey?: string | undefined;
  /** Receives status and headers of every response to this call, including failed attempts. See `lorebox.withResponse`. */
  onResponse?: ((response: ResponseInfo) => void) | undefined;
}
