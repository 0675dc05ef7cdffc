import { TRPCError } from '@trpc/server';

/** What was answered, kept to be answered again. */
export interface StoredResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

type Claim =
  /** The first of its kind: run it, then `finish` or `release`. */
  | { state: 'new' }
  /** The same request is running at this moment. */
  | { state: 'running' }
  /** The process that ran it ended before it was answered: it may have been done. */
  | { state: 'unknown' }
  /** The key was used for another request. */
  | { state: 'mismatch' }
  | { state: 'done'; answer: StoredResponse };

/** Remembers requests by their Idempotency-Key; `scope` says whose key it is and for which operation. */
export interface IdempotencyStore {
  claim(scope: string, key: string, fingerprint: string): Promise<Claim>;
  finish(scope: string, key: string, answer: StoredResponse): Promise<void>;
  /** The request failed without effect: the key may be used again. */
  release(scope: string, key: string): Promise<void>;
}

interface Entry {
  fingerprint: string;
  answer: StoredResponse | null;
  at: number;
}

export interface MemoryStoreOptions {
  /** How long an answer is kept; default a day. */
  ttlMs?: number;
  /** Default 10,000; the oldest leave first. */
  maxEntries?: number;
  /** Of all bodies, in UTF-16 code units; default 32 million. */
  maxSize?: number;
}

/** For one process; a restart forgets everything. */
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
  /** Whose key it is, and for which operation. */
  scope: string;
  /** What the client sent as `Idempotency-Key`. */
  key: string;
  /** Tells another request under the same key. */
  fingerprint: string;
}

/**
 * Runs a request at most once per key; whoever sends it again gets the first answer, marked `Idempotent-Replayed`. An
 * answer that is not 2xx is not kept. @throws TRPCError for a malformed key, a key of another request, a request that runs.
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
  // Sent again by a client that lost patience: it gets the answer that the first one is about to get.
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
