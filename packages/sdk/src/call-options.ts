import type { ResponseInfo } from './response-info.ts';

/** What a single call may have otherwise than the client. */
export interface CallOptions {
  /** Gives the call up; it rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Milliseconds for one try. */
  timeout?: number;
  /** Tries after the first one that failed in a way that may pass. */
  maxRetries?: number;
  /** Yours instead of a random one: the same key sent again, even by another process, gets the first answer. */
  idempotencyKey?: string;
  /** Gets status and headers of every answer to this call, those of failed tries too. See `lorebox.withResponse`. */
  onResponse?: (response: ResponseInfo) => void;
}
