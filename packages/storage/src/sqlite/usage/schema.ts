import { integer, primaryKey, sqliteTable, text } from '../../drizzle.ts';

const group = {
  /** UTC, such as "2026-11-28". */
  day: text().notNull(),
  workspaceId: text('workspace_id').notNull(),
  /** Empty for keys of the installation. */
  userId: text('user_id').notNull(),
  /** Empty if the answer failed before a model was chosen. */
  model: text().notNull(),
};

export const usage = sqliteTable(
  'usage',
  {
    ...group,
    questions: integer().notNull(),
    failed: integer().notNull(),
    inputTokens: integer('input_tokens').notNull(),
    outputTokens: integer('output_tokens').notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.workspaceId, table.userId, table.model] })],
);

export const usageLatencies = sqliteTable(
  'usage_latencies',
  {
    ...group,
    kind: text().$type<'total' | 'first-token'>().notNull(),
    bucket: integer().notNull(),
    answers: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.day, table.workspaceId, table.userId, table.model, table.kind, table.bucket] }),
  ],
);
