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
   * Returns null for callers without a credential, who can't use a key. The store rejects a replay if the caller had
   * more permissions when the response was created.
   * @throws AppError if the credential is no longer valid. It gets no stored response either.
   */
  open(c: Context, context: CallContext): Promise<{ store: IdempotencyStore; scope: string } | null>;
}

/** The encrypted row: the response, and the caller who received it. */
interface Sealed {
  actor: Actor;
  answer: StoredResponse;
}

/**
 * Replays responses by `Idempotency-Key` on all APIs. Responses are stored per credential, so callers don't see each
 * other's responses.
 */
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
 * Stores keys and encrypted responses in the database. The claim is queued on the single writer before the request
 * runs, so it is committed with or before anything that the request writes. After a kill, a key without a response
 * means that its request may have run.
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
      running.set(name, mine); // before the first await, so two concurrent requests can't both be first
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
      mine.claimed.catch(() => {}); // `finish` reports the failure
      return { state: 'new' };
    },
    async finish(scope, key, answer) {
      try {
        await running.get(nameOf(scope, key))?.claimed;
        await rows.finish(scope, key, vault.seal(JSON.stringify({ actor, answer } satisfies Sealed)));
      } catch (err) {
        // The request has run, and its response is sent anyway.
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
