import { index, integer, primaryKey, sqliteTable, text } from '../../drizzle.ts';

/** Requests that carried an Idempotency-Key. Without an answer, the process that ran it is gone, or runs it still. */
export const idempotencyKeys = sqliteTable(
  'idempotency_keys',
  {
    scope: text().notNull(),
    key: text().notNull(),
    fingerprint: text().notNull(),
    /** JSON, sealed by the vault: answers may carry secrets. */
    answer: text(),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.scope, table.key] }), index('idempotency_keys_created').on(table.createdAt)],
);
