import type { DocumentStatus, IngestStage } from '@lorebox/contract/document';
import type { FailureReason } from '@lorebox/contract/failure';
import { index, integer, real, sqliteTable, text } from '../../drizzle.ts';

export const ingestEvents = sqliteTable(
  'ingest_events',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    workspaceId: text('workspace_id').notNull(),
    documentId: text('document_id').notNull(),
    status: text().$type<DocumentStatus>().notNull(),
    stage: text().$type<IngestStage>().notNull(),
    progress: real().notNull(),
    reason: text().$type<FailureReason>(),
    message: text(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [
    index('ingest_events_workspace').on(table.workspaceId, table.id),
    index('ingest_events_document').on(table.documentId),
  ],
);
