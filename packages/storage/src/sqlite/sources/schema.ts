import type { SourceConfig, SourceRun, SyncProblem } from '@lorebox/contract/source';
import type { Json } from '@lorebox/ports/connector';
import { index, integer, primaryKey, real, sqliteTable, text } from '../../drizzle.ts';
import { workspaces } from '../workspaces/schema.ts';

export const sources = sqliteTable(
  'sources',
  {
    id: text().primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    connector: text().notNull(),
    name: text().notNull(),
    config: text({ mode: 'json' }).$type<SourceConfig>().notNull(),
    /** JSON, encrypted by the vault. */
    secrets: text(),
    secretNames: text('secret_names', { mode: 'json' }).$type<string[]>().notNull(),
    everyMinutes: integer('every_minutes'),
    requestsPerSecond: real('requests_per_second'),
    enabled: integer({ mode: 'boolean' }).notNull(),
    /** Null during a sync run, and if none is scheduled. */
    nextRunAt: integer('next_run_at', { mode: 'timestamp_ms' }),
    /** The sync run that is active, waits for a retry, or was interrupted by a stop. */
    runId: text('run_id'),
    cursor: text({ mode: 'json' }).$type<Json>(),
    /** Number of the current or next sync run. */
    pass: integer().notNull(),
    /** This sync run has listed everything up to `cursor`. */
    isFull: integer('is_full', { mode: 'boolean' }).notNull(),
    /** The previous sync run also missed most of the items, or a full sync was requested. */
    mayRemoveMost: integer('may_remove_most', { mode: 'boolean' }).notNull(),
    /** Number of consecutive times that a sync of it was active when the thread stopped responding. */
    stalls: integer().notNull().default(0),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
    removedAt: integer('removed_at', { mode: 'timestamp_ms' }),
    keepDocuments: integer('keep_documents', { mode: 'boolean' }).notNull(),
  },
  (table) => [
    index('sources_workspace').on(table.workspaceId, table.id),
    index('sources_due').on(table.nextRunAt),
    index('sources_removed').on(table.removedAt),
  ],
);

export const sourceItems = sqliteTable(
  'source_items',
  {
    sourceId: text('source_id')
      .notNull()
      .references(() => sources.id, { onDelete: 'cascade' }),
    externalId: text('external_id').notNull(),
    version: text().notNull(),
    state: text({ mode: 'json' }).$type<Json>(),
    documentId: text('document_id').notNull(),
    /** The last sync run that saw it. */
    pass: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sourceId, table.externalId] }),
    index('source_items_pass').on(table.sourceId, table.pass),
  ],
);

export const sourceRuns = sqliteTable(
  'source_runs',
  {
    id: text().primaryKey(),
    sourceId: text('source_id')
      .notNull()
      .references(() => sources.id, { onDelete: 'cascade' }),
    state: text().$type<SourceRun['state']>().notNull(),
    isFull: integer('is_full', { mode: 'boolean' }).notNull(),
    attempts: integer().notNull(),
    seen: integer().notNull(),
    added: integer().notNull(),
    changed: integer().notNull(),
    unchanged: integer().notNull(),
    removed: integer().notNull(),
    failed: integer().notNull(),
    problems: text({ mode: 'json' }).$type<SyncProblem[]>().notNull(),
    message: text(),
    startedAt: integer('started_at', { mode: 'timestamp_ms' }).notNull(),
    endedAt: integer('ended_at', { mode: 'timestamp_ms' }),
  },
  (table) => [index('source_runs_source').on(table.sourceId, table.id)],
);
