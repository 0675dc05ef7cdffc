import { index, integer, primaryKey, sqliteTable, text } from '../../drizzle.ts';

/** The vector backend in use: one row, or none while SQLite serves alone. Changes are noted only while there is one. */
export const vectorBackend = sqliteTable('vector_backend', {
  id: integer().primaryKey(),
  /** Names backend and address; another one starts from nothing. */
  target: text().notNull(),
});

/** How far each workspace's vectors are in the backend. No row: nothing is known of what it has there. */
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
 * Changes that have to be sent to the backend besides new vectors, in order: a chunk is gone (chunkKey), a document has other metadata
 * (documentId), or nothing of the workspace is wanted under that embedder (neither).
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
