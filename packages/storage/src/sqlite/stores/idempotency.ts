import type { IdempotencyRows } from '@lorebox/ports/idempotency-rows';
import { and, eq, lt, sql } from '../../drizzle.ts';
import { type Connection, prepareOnce } from '../connection.ts';
import { prepareSelect } from '../prepared.ts';
import { idempotencyKeys } from '../schema/events.ts';
import type { WriteContext } from '../writer/context.ts';
import type { Writer } from '../writer/writer.ts';

interface Named {
  scope: string;
  key: string;
}

export const idempotencyCommands = {
  'idempotency.claim'({ raw }: WriteContext, row: Named & { fingerprint: string; at: Date }) {
    const text = 'insert or ignore into idempotency_keys (scope, key, fingerprint, created_at) values (?, ?, ?, ?)';
    prepareOnce(raw, text).run(row.scope, row.key, row.fingerprint, row.at.getTime());
  },
  'idempotency.finish'({ raw }: WriteContext, { scope, key, answer }: Named & { answer: string }) {
    prepareOnce(raw, 'update idempotency_keys set answer = ? where scope = ? and key = ?').run(answer, scope, key);
  },
  'idempotency.release'({ raw }: WriteContext, { scope, key }: Named) {
    prepareOnce(raw, 'delete from idempotency_keys where scope = ? and key = ?').run(scope, key);
  },
  'idempotency.prune'({ orm }: WriteContext, before: Date): number {
    return orm.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, before)).run().changes;
  },
};

export function createIdempotencyRows(connection: Connection, writer: Writer): IdempotencyRows {
  const named = prepareSelect(
    connection,
    connection.orm
      .select({ fingerprint: idempotencyKeys.fingerprint, answer: idempotencyKeys.answer })
      .from(idempotencyKeys)
      .where(and(eq(idempotencyKeys.scope, sql.placeholder('scope')), eq(idempotencyKeys.key, sql.placeholder('key')))),
  );
  return {
    async get(scope, key) {
      return named.get({ scope, key }) ?? null;
    },
    claim: (scope, key, fingerprint, at) => writer.run('idempotency.claim', { scope, key, fingerprint, at }),
    finish: (scope, key, answer) => writer.run('idempotency.finish', { scope, key, answer }),
    release: (scope, key) => writer.run('idempotency.release', { scope, key }),
    prune: (before) => writer.run('idempotency.prune', before),
  };
}
