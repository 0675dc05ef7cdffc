import { TRPCError } from '@trpc/server';

/** A response stored for replay. */
export interface StoredResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

type Claim =
  /** First request with this key: run it, then call `finish` or `release`. */
  | { state: 'new' }
  /** The same request is still running. */
  | { state: 'running' }
  /** The process that ran it ended before the response: it may have taken effect. */
  | { state: 'unknown' }
  /** The key was used for a different request. */
  | { state: 'mismatch' }
  | { state: 'done'; answer: StoredResponse };

/** Stores requests by their Idempotency-Key. `scope` identifies the owner of the key and the operation. */
export interface IdempotencyStore {
  claim(scope: string, key: string, fingerprint: string): Promise<Claim>;
  finish(scope: string, key: string, answer: StoredResponse): Promise<void>;
  /** The request failed without effect, so the key can be used again. */
  release(scope: string, key: string): Promise<void>;
}

interface Entry {
  fingerprint: string;
  answer: StoredResponse | null;
  at: number;
}

export interface MemoryStoreOptions {
  /** Milliseconds that a response is stored. Default: one day. */
  ttlMs?: number;
  /** Maximum number of entries. Default: 10,000. The oldest are removed first. */
  maxEntries?: number;
  /** Maximum total size of the bodies in UTF-16 code units. Default: 32 million. */
  maxSize?: number;
}

/** Works within one process. A restart clears it. */
export function createMemoryIdempotencyStore(
  { ttlMs = 86_400_000, maxEntries = 10_000, maxSize = 32_000_000 }: MemoryStoreOptions = {},
  now: () => number = Date.now,
): IdempotencyStore {
  const entries = new Map<string, Entry>();
  let size = 0;
  const nameOf = (scope: string, key: string) => JSON.stringify([scope, key]);

  function forget(): void {
    for (const [name, { at }] of entries) {
      if (entries.size <= maxEntries && size <= maxSize && now() - at < ttlMs) return;
      drop(name);
    }
  }

  function drop(name: string): void {
    size -= entries.get(name)?.answer?.body.length ?? 0;
    entries.delete(name);
  }

  return {
    async claim(scope, key, fingerprint) {
      forget();
      const known = entries.get(nameOf(scope, key));
      if (known) {
        if (known.fingerprint !== fingerprint) return { state: 'mismatch' };
        return known.answer ? { state: 'done', answer: known.answer } : { state: 'running' };
      }
      entries.set(nameOf(scope, key), { fingerprint, answer: null, at: now() });
      return { state: 'new' };
    },
    async finish(scope, key, answer) {
      const known = entries.get(nameOf(scope, key));
      if (!known) return;
      known.answer = answer;
      size += answer.body.length;
      forget();
    },
    async release(scope, key) {
      drop(nameOf(scope, key));
    },
  };
}

const WAIT_MS = 30_000;
const POLL_MS = 50;
const KEY = /^[\x21-\x7e]{1,255}$/;

export interface OnceRequest {
  /** Owner of the key and the operation. */
  scope: string;
  /** Value of the `Idempotency-Key` header. */
  key: string;
  /** Distinguishes different requests with the same key. */
  fingerprint: string;
}

/**
 * Runs a request at most once per key. Repeated requests get the first response, marked `Idempotent-Replayed`.
 * Responses other than 2xx are not stored.
 * @throws TRPCError for a malformed key, a key of another request, or a request that is still running.
 */
export async function runOnce(
  store: IdempotencyStore,
  { scope, key, fingerprint }: OnceRequest,
  run: () => Promise<Response>,
): Promise<Response> {
  if (!KEY.test(key)) {
    throw new TRPCError({ code: 'BAD_REQUEST', message: 'Idempotency-Key must be 1 to 255 visible ASCII characters.' });
  }
  let claim = await store.claim(scope, key, fingerprint);
  // The client timed out and retried: it gets the response of the first request.
  for (const until = Date.now() + WAIT_MS; claim.state === 'running' && Date.now() < until; ) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    claim = await store.claim(scope, key, fingerprint);
  }
  if (claim.state === 'done') return replay(claim.answer);
  if (claim.state === 'running') {
    throw new TRPCError({
      code: 'CONFLICT',
      message: 'A request with this Idempotency-Key is still running. Wait until it finishes.',
    });
  }
  if (claim.state === 'unknown') {
    const message =
      'The server stopped during the request with this Idempotency-Key. Check whether it took effect, then retry with a new key if needed.';
    throw new TRPCError({ code: 'CONFLICT', message });
  }
  if (claim.state === 'mismatch') {
    const message = 'This Idempotency-Key was used for a different request. Use a new one.';
    throw new TRPCError({ code: 'UNPROCESSABLE_CONTENT', message });
  }
  try {
    const response = await run();
    if (!response.ok) await store.release(scope, key);
    else await store.finish(scope, key, await keep(response.clone()));
    return response;
  } catch (error) {
    await store.release(scope, key);
    throw error;
  }
}

async function keep(response: Response): Promise<StoredResponse> {
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
}

function replay({ status, headers, body }: StoredResponse): Response {
  return new Response(status === 204 ? null : body, { status, headers: { ...headers, 'idempotent-replayed': 'true' } });
}
