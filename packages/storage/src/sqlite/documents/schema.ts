import type { Document, DocumentStatus, IngestStage, Metadata } from '@lorebox/contract/document';
import type { FailureReason } from '@lorebox/contract/failure';
import type { ParsedBlock } from '@lorebox/ports/parser';
import {
  blob,
  foreignKey,
  index,
  integer,
  primaryKey,
  real,
  sql,
  sqliteTable,
  text,
  uniqueIndex,
} from '../../drizzle.ts';
import { workspaces } from '../workspaces/schema.ts';

export const documents = sqliteTable(
  'documents',
  {
    id: text().primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    externalId: text('external_id'),
    filename: text().notNull(),
    title: text().notNull(),
    /** True if the sender set the title. A parsed title never replaces it. */
    titleGiven: integer('title_given', { mode: 'boolean' }).notNull(),
    format: text(),
    contentType: text('content_type'),
    size: integer().notNull(),
    sha256: text().notNull(),
    source: text().$type<'upload' | 'text' | 'url'>().notNull(),
    sourceUrl: text('source_url'),
    /** Values of the sender and of the file. */
    metadata: text({ mode: 'json' }).$type<Metadata>().notNull(),
    /** What the file says about itself: author, dates, the headers of a mail. Empty until parsed. */
    fileMetadata: text('file_metadata', { mode: 'json' }).$type<Record<string, string>>().notNull().default({}),
    /** Questions read the whole document. */
    pinned: integer({ mode: 'boolean' }).notNull().default(false),
    /** Summary of the searchable revision. */
    summaryState: text('summary_state').$type<Document['summaryState']>().notNull().default('none'),
    status: text().$type<DocumentStatus>().notNull(),
    stage: text().$type<IngestStage>().notNull(),
    progress: real().notNull(),
    reason: text().$type<FailureReason>(),
    message: text(),
    warnings: text({ mode: 'json' }).$type<string[]>().notNull(),
    pages: integer(),
    /** Length of a recording in seconds. */
    duration: real(),
    chunks: integer().notNull(),
    /** Incremented with every new content. */
    revision: integer().notNull(),
    /** The revision that searches see. Null until the first one is complete. */
    searchableRevision: integer('searchable_revision'),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
    removedAt: integer('removed_at', { mode: 'timestamp_ms' }),
  },
  (table) => [
    index('documents_workspace').on(table.workspaceId, table.id),
    uniqueIndex('documents_external').on(table.workspaceId, table.externalId),
    index('documents_sha256').on(table.sha256),
    index('documents_pinned').on(table.workspaceId, table.id).where(sql`pinned = 1`),
    index('documents_status').on(table.workspaceId, table.status, table.id),
    index('documents_title').on(table.workspaceId, sql`lower("title")`, table.id),
    index('documents_size').on(table.workspaceId, table.size, table.id),
  ],
);

/** What the full-text index of names holds. Triggers in the migration keep both in sync with the documents. */
export const documentNames = sqliteTable('document_names', {
  id: integer().primaryKey(),
  documentId: text('document_id')
    .notNull()
    .unique()
    .references(() => documents.id, { onDelete: 'cascade' }),
});

/**
 * Document metadata, one row per value, so that a filter is an index lookup. Triggers in the migration keep it in sync.
 */
export const documentMetadata = sqliteTable(
  'document_metadata',
  {
    workspaceId: text('workspace_id').notNull(),
    name: text().notNull(),
    /** The JSON value: text, number, or 0 and 1. No affinity, so that 7 and "7" stay different. */
    value: blob().notNull(),
    documentId: text('document_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.name, table.value, table.documentId] }),
    index('document_metadata_document').on(table.documentId),
  ],
);

/** The text that chunks and citations point into, one row per revision in use. */
export const texts = sqliteTable(
  'texts',
  {
    documentId: text('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    revision: integer().notNull(),
    /** Length in UTF-16 code units. */
    length: integer().notNull(),
    blocks: text({ mode: 'json' }).$type<ParsedBlock[]>(),
    parsed: integer({ mode: 'boolean' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.documentId, table.revision] })],
);

/** The text in parts of about 64k, so that a citation in a huge document reads only one of them. */
export const textParts = sqliteTable(
  'text_parts',
  {
    documentId: text('document_id').notNull(),
    revision: integer().notNull(),
    start: integer().notNull(),
    content: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.documentId, table.revision, table.start] }),
    foreignKey({
      columns: [table.documentId, table.revision],
      foreignColumns: [texts.documentId, texts.revision],
    }).onDelete('cascade'),
  ],
);
