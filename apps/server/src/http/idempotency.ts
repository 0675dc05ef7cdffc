import type { Context as CallContext } from '@lorebox/api/trpc';
import type { Actor } from '@lorebox/contract/actor';
import { requireNotNarrowed } from '@lorebox/core/access/require-not-narrowed';
import type { Core } from '@lorebox/core/core';
import type { IdempotencyStore, StoredResponse } from '@lorebox/openapi';
import type { Context } from 'hono';
import type { SessionCookie } from '../identity/session-cookie.ts';
import { readCredential } from './credential.ts';

export interface Idempotency {
  /**
   * Null for callers without a credential: they may not use a key. The store refuses a kept answer to a caller who had more
   * rights when it was made.
   * @throws AppError for a credential that is not good any more: it gets no kept answer either.
   */
  open(c: Context, context: CallContext): Promise<{ store: IdempotencyStore; scope: string } | null>;
}

/** What is kept, sealed: the answer, and who it was given to. */
interface Sealed {
  actor: Actor;
  answer: StoredResponse;
}

/** Answers by `Idempotency-Key`, for every wire alike. They are kept per credential: nobody sees what another was answered. */
export function createIdempotency(core: Core, cookie: SessionCookie): Idempotency {
  const storeFor = createDurableStore(core);
  return {
    async open(c, context) {
      const secret = readCredential(c, cookie)?.secret;
      if (secret === undefined) return null;
      const actor = await context.authenticate();
      return { store: storeFor(actor), scope: core.security.secrets.digest(secret) };
    },
  };
}

interface Running {
  fingerprint: string;
  claimed: Promise<void>;
}

/**
 * Keys in the database, answers sealed. The claim is on its way to the one writer before the request runs, so it is committed
 * with or before anything that the request writes: after a kill, a key without an answer tells that its request may have
 * been done.
 */
function createDurableStore({ stores, security, clock, log }: Core): (actor: Actor) => IdempotencyStore {
  const rows = stores.idempotency;
  const { vault } = security;
  const running = new Map<string, Running>();
  const nameOf = (scope: string, key: string) => JSON.stringify([scope, key]);
  return (actor) => ({
    async claim(scope, key, fingerprint) {
      const name = nameOf(scope, key);
      const other = running.get(name);
      if (other) return { state: other.fingerprint === fingerprint ? 'running' : 'mismatch' };
      const mine: Running = { fingerprint, claimed: Promise.resolve() };
      running.set(name, mine); // before anything is awaited, so that two at once can't both be the first
      try {
        const known = await rows.get(scope, key);
        if (known) {
          running.delete(name);
          if (known.fingerprint !== fingerprint) return { state: 'mismatch' };
          if (known.answer === null) return { state: 'unknown' };
          const kept = JSON.parse(vault.open(known.answer)) as Sealed;
          requireNotNarrowed(kept.actor, actor);
          return { state: 'done', answer: kept.answer };
        }
      } catch (error) {
        running.delete(name);
        throw error;
      }
      mine.claimed = rows.claim(scope, key, fingerprint, new Date(clock.now()));
      mine.claimed.catch(() => {}); // told of when the request has run
      return { state: 'new' };
    },
    async finish(scope, key, answer) {
      try {
        await running.get(nameOf(scope, key))?.claimed;
        await rows.finish(scope, key, vault.seal(JSON.stringify({ actor, answer } satisfies Sealed)));
      } catch (err) {
        // The request itself was done and is answered.
        log.error({ err }, 'idempotent response not stored');
      } finally {
        running.delete(nameOf(scope, key));
      }
    },
    async release(scope, key) {
      await rows.release(scope, key).catch((err) => log.error({ err }, 'idempotency key release failed'));
      running.delete(nameOf(scope, key));
    },
  });
}
