import { index, integer, primaryKey, sqliteTable, text } from '../../drizzle.ts';

/**
 * Requests with an Idempotency-Key. If a row has no answer, the process that ran the request has ended, or is still
 * running it.
 */
export const idempotencyKeys = sqliteTable(
  'idempotency_keys',
  {
    scope: text().notNull(),
    key: text().notNull(),
    fingerprint: text().notNull(),
    /** JSON, encrypted by the vault because responses can contain secrets. */
    answer: text(),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.scope, table.key] }), index('idempotency_keys_created').on(table.createdAt)],
);
