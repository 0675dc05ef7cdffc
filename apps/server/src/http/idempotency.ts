import type { Core } from '@lorebox/core/core';
import { createMemoryIdempotencyStore, type IdempotencyStore } from '@lorebox/openapi';
import type { Context } from 'hono';
import { readCredential } from './credential.ts';

export interface Idempotency {
  store: IdempotencyStore;
  /** Null for callers without a credential: they may not use a key. */
  scopeOf(c: Context): string | null;
}

/** Answers by `Idempotency-Key`, for every wire alike. They are kept per credential: nobody sees what another was answered. */
export function createIdempotency(core: Core): Idempotency {
  return {
    store: createMemoryIdempotencyStore(),
    scopeOf(c) {
      const secret = readCredential(c)?.secret;
      return secret === undefined ? null : core.secrets.digest(secret);
    },
  };
}
