import { index, integer, primaryKey, sqliteTable, text } from '../../drizzle.ts';

/** The vector backend in use: one row, or none if only SQLite is used. Changes are recorded only while there is one. */
export const vectorBackend = sqliteTable('vector_backend', {
  id: integer().primaryKey(),
  /** Identifies backend and address. A new one starts from nothing. */
  target: text().notNull(),
});

/** Sync state of each workspace's vectors. No row: the state of the backend is unknown. */
export const vectorSyncs = sqliteTable(
  'vector_syncs',
  {
    workspaceId: text('workspace_id').notNull(),
    embeddingKey: integer('embedding_key').notNull(),
    syncedKey: integer('synced_key').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.embeddingKey] })],
);

/**
 * Changes to send to the backend besides new vectors, in order: a chunk was removed (chunkKey), the metadata of a
 * document changed (documentId), or all vectors of the workspace for that embedder are to be removed (neither).
 */
export const vectorChanges = sqliteTable(
  'vector_changes',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    workspaceId: text('workspace_id').notNull(),
    embeddingKey: integer('embedding_key').notNull(),
    chunkKey: integer('chunk_key'),
    documentId: text('document_id'),
  },
  (table) => [index('vector_changes_workspace').on(table.workspaceId, table.documentId)],
);
