import type { Job } from '@lorebox/contract/job';
import { index, integer, sqliteTable, text } from '../../drizzle.ts';

export const jobs = sqliteTable(
  'jobs',
  {
    id: text().primaryKey(),
    kind: text().$type<Job['kind']>().notNull(),
    workspaceId: text('workspace_id').notNull(),
    documentId: text('document_id'),
    revision: integer(),
    state: text().$type<'queued' | 'running'>().notNull(),
    attempts: integer().notNull(),
    /**
     * Ingest jobs: how many times chunking the text started without finishing, for example because it crashed the
     * thread.
     */
    textAttempts: integer('text_attempts').notNull().default(0),
    /**
     * Jobs that re-embed or purge vectors: the embedder, the last finished chunk, and the number of finished chunks.
     */
    modelId: text('model_id'),
    cursor: integer().notNull().default(0),
    done: integer().notNull().default(0),
    message: text(),
    runAfter: integer('run_after', { mode: 'timestamp_ms' }).notNull(),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [
    index('jobs_queue').on(table.state, table.workspaceId, table.id),
    index('jobs_document').on(table.documentId),
  ],
);
