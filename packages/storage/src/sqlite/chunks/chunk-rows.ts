import { inArray } from '../../drizzle.ts';
import { insertVector, vectorTable } from '../embeddings/vector-table.ts';
import { prepareOnce, prepareValue } from '../statements.ts';
import { noteRemovedChunks } from '../vector-syncs/note-changes.ts';
import type { WriteContext } from '../writer/context.ts';
import { chunks } from './schema.ts';
import type { Analyzer } from './text-analysis.ts';
import { hasTable, indexText, nextTextTable, textTable } from './text-index.ts';

type ChunkInsert = Omit<typeof chunks.$inferSelect, 'key' | 'hash' | 'corrected'> & { hash: Uint8Array };

/** Inserts a chunk. Its row, full-text row and vector share one key and are added and removed together. */
export function insertChunk(
  { raw }: WriteContext,
  into: { textTable: string; analyzer: Analyzer; embeddingKey: number },
  title: string,
  chunk: ChunkInsert,
  vector: Float32Array,
): void {
  const { documentId, workspaceId, revision, ordinal, page, section, start, end, tokens, text, hash } = chunk;
  const times = chunk.times && JSON.stringify(chunk.times);
  const row = prepareOnce(
    raw,
    `insert into chunks (document_id, workspace_id, revision, ordinal, page, section, start, "end", tokens, text,
       hash, times) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(documentId, workspaceId, revision, ordinal, page, section, start, end, tokens, text, hash, times);
  const key = BigInt(row.lastInsertRowid);
  indexText(raw, { ...into, workspaceId }, { key: Number(row.lastInsertRowid), title, section, text });
  insertVector(raw, into.embeddingKey, key, vector);
}

export function deleteChunks({ raw, orm, eraser }: WriteContext, workspaceId: string, rows: { key: number }[]): void {
  if (rows.length === 0) return;
  // During re-embedding, a chunk has vectors in two tables.
  const embeddingKeys = prepareValue<[], number>(raw, 'select key from embeddings').all();
  const tables = [textTable(workspaceId), nextTextTable(workspaceId)].filter((name) => hasTable(raw, name));
  for (const table of tables) eraser.noteTable(table);
  for (const { key } of rows) {
    for (const table of tables) prepareOnce(raw, `delete from "${table}" where rowid = ?`).run(BigInt(key));
    for (const embeddingKey of embeddingKeys)
      prepareOnce(raw, `delete from ${vectorTable(embeddingKey)} where chunk_key = ?`).run(BigInt(key));
  }
  const keys = rows.map((row) => row.key);
  noteRemovedChunks(raw, workspaceId, keys);
  orm.delete(chunks).where(inArray(chunks.key, keys)).run();
}
