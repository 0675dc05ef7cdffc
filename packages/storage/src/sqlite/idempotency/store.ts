import type { IdempotencyRows } from '@lorebox/ports/idempotency-rows';
import { and, eq, sql } from '../../drizzle.ts';
import { defineEntity } from '../entity.ts';
import { idempotencyCommands } from './commands.ts';
import { idempotencyKeys } from './schema.ts';

export const idempotencyEntity = defineEntity(idempotencyCommands, (connection, writer): IdempotencyRows => {
  const named = connection.orm
    .select({ fingerprint: idempotencyKeys.fingerprint, answer: idempotencyKeys.answer })
    .from(idempotencyKeys)
    .where(and(eq(idempotencyKeys.scope, sql.placeholder('scope')), eq(idempotencyKeys.key, sql.placeholder('key'))))
    .prepare();
  return {
    async get(scope, key) {
      return named.get({ scope, key }) ?? null;
    },
    claim: (scope, key, fingerprint, at) => writer.run('idempotency.claim', { scope, key, fingerprint, at }),
    finish: (scope, key, answer) => writer.run('idempotency.finish', { scope, key, answer }),
    release: (scope, key) => writer.run('idempotency.release', { scope, key }),
    prune: (before) => writer.run('idempotency.prune', before),
  };
});
