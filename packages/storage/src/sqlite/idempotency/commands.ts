import { lt } from '../../drizzle.ts';
import { prepareOnce } from '../statements.ts';
import type { WriteContext } from '../writer/context.ts';
import { idempotencyKeys } from './schema.ts';

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
