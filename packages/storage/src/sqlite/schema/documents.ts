import type { DocumentStatus, IngestStage, Metadata } from '@lorebox/contract/document';
import type { FailureReason } from '@lorebox/contract/failure';
import type { Job } from '@lorebox/contract/job';
import type { ParsedBlock } from '@lorebox/ports/parser';
import type { SpeechTimes } from '@lorebox/ports/speech-times';
import { blob, foreignKey, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from '../../drizzle.ts';
import { workspaces } from './workspaces.ts';

/** One row per distinct content on disk; the bytes lie under blobs/<aa>/<sha256>. */
export const blobs = sqliteTable('blobs', { sha256: text().primaryKey(), size: integer().notNull() });

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
    /** True when the sender named it; a parsed title never replaces it. */
    titleGiven: integer('title_given', { mode: 'boolean' }).notNull(),
    format: text(),
    contentType: text('content_type'),
    size: integer().notNull(),
    sha256: text().notNull(),
    source: text().$type<'upload' | 'text' | 'url'>().notNull(),
    sourceUrl: text('source_url'),
    metadata: text({ mode: 'json' }).$type<Metadata>().notNull(),
    status: text().$type<DocumentStatus>().notNull(),
    stage: text().$type<IngestStage>().notNull(),
    progress: real().notNull(),
    reason: text().$type<FailureReason>(),
    message: text(),
    warnings: text({ mode: 'json' }).$type<string[]>().notNull(),
    pages: integer(),
    /** Of a recording, in seconds. */
    duration: real(),
    chunks: integer().notNull(),
    /** Grows with every new content. */
    revision: integer().notNull(),
    /** The revision that searches see; null until the first one is whole. */
    searchableRevision: integer('searchable_revision'),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
    removedAt: integer('removed_at', { mode: 'timestamp_ms' }),
  },
  (table) => [
    index('documents_workspace').on(table.workspaceId, table.id),
    uniqueIndex('documents_external').on(table.workspaceId, table.externalId),
    index('documents_sha256').on(table.sha256),
    index('documents_status').on(table.workspaceId, table.status, table.id),
  ],
);

/** The metadata of documents, one row a value, so that a filter is an index look-up. Triggers of the migration keep it in step. */
export const documentMetadata = sqliteTable(
  'document_metadata',
  {
    workspaceId: text('workspace_id').notNull(),
    name: text().notNull(),
    /** As JSON has it: text, number, or 0 and 1. No affinity, so that 7 and "7" stay apart. */
    value: blob().notNull(),
    documentId: text('document_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.name, table.value, table.documentId] }),
    index('document_metadata_document').on(table.documentId),
  ],
);

/** The text that chunks and citations point into, one row per revision that is still needed. */
export const texts = sqliteTable(
  'texts',
  {
    documentId: text('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    revision: integer().notNull(),
    /** UTF-16 code units. */
    length: integer().notNull(),
    blocks: text({ mode: 'json' }).$type<ParsedBlock[]>(),
    parsed: integer({ mode: 'boolean' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.documentId, table.revision] })],
);

/** The text in parts of about 64k, so that a citation in a huge document reads one of them. */
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

/** `key` is the rowid that the full-text and vector tables share; never used twice, so that caches by key hold. */
export const chunks = sqliteTable(
  'chunks',
  {
    key: integer().primaryKey({ autoIncrement: true }),
    documentId: text('document_id').notNull(),
    workspaceId: text('workspace_id').notNull(),
    revision: integer().notNull(),
    ordinal: integer().notNull(),
    page: integer(),
    times: text({ mode: 'json' }).$type<SpeechTimes>(),
    section: text(),
    start: integer().notNull(),
    end: integer().notNull(),
    tokens: integer().notNull(),
    text: text().notNull(),
    /** SHA-256, shortened to 16 bytes, of what was embedded: the same again takes its vector from here. */
    hash: blob({ mode: 'buffer' }),
  },
  (table) => [
    index('chunks_hash').on(table.hash),
    uniqueIndex('chunks_position').on(table.documentId, table.revision, table.ordinal),
    index('chunks_workspace').on(table.workspaceId, table.key),
  ],
);

/** Every embedder that made vectors here; its vectors lie in the table vectors_<key>. */
export const embeddings = sqliteTable('embeddings', {
  key: integer().primaryKey(),
  modelId: text('model_id').notNull().unique(),
  dimension: integer().notNull(),
  /** Random: tells files that were made of these vectors from those of a table of the same name that is gone. */
  epoch: text().notNull().default(''),
});

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
    /** Of an ingest: how often cutting the text has begun without an end, as when it ended the thread. */
    textAttempts: integer('text_attempts').notNull().default(0),
    /** Of re-embedding and of purging vectors: the embedder, the last chunk that is done, and how many are. */
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
