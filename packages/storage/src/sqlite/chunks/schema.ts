import type { SpeechTimes } from '@lorebox/ports/speech-times';
import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from '../../drizzle.ts';

/** `key` is the rowid shared by the full-text and vector tables. Keys are never reused, so caches by key stay valid. */
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
    /** SHA-256 of the embedded text, truncated to 16 bytes. The same text reuses the vector of this chunk. */
    hash: blob({ mode: 'buffer' }),
    /** The text was corrected by hand. */
    corrected: integer({ mode: 'boolean' }).notNull().default(false),
  },
  (table) => [
    index('chunks_hash').on(table.hash),
    uniqueIndex('chunks_position').on(table.documentId, table.revision, table.ordinal),
    index('chunks_workspace').on(table.workspaceId, table.key),
  ],
);

/** Chunks that were taken out by hand. They are no rows of `chunks`, so that nothing that reads, counts or embeds those sees them. */
export const excludedChunks = sqliteTable(
  'excluded_chunks',
  {
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
    corrected: integer({ mode: 'boolean' }).notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.documentId, table.revision, table.ordinal] }),
    index('excluded_chunks_workspace').on(table.workspaceId),
  ],
);
