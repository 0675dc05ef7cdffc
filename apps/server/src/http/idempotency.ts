import type { Context as CallContext } from '@lorebox/api/trpc';
import type { Core } from '@lorebox/core/core';
import { createMemoryIdempotencyStore, type IdempotencyStore } from '@lorebox/openapi';
import type { Context } from 'hono';
import { readCredential } from './credential.ts';

export interface Idempotency {
  store: IdempotencyStore;
  /**
   * Null for callers without a credential: they may not use a key.
   * @throws AppError for a credential that is not good any more: it gets no kept answer either.
   */
  scopeOf(c: Context, context: CallContext): Promise<string | null>;
}

/** Answers by `Idempotency-Key`, for every wire alike. They are kept per credential: nobody sees what another was answered. */
export function createIdempotency(core: Core): Idempotency {
  return {
    store: createMemoryIdempotencyStore(),
    async scopeOf(c, context) {
      const secret = readCredential(c)?.secret;
      if (secret === undefined) return null;
      await context.authenticate();
      return core.secrets.digest(secret);
    },
  };
}
