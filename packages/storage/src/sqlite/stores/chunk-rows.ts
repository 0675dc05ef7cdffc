import { randomUUID } from 'node:crypto';
import { inArray } from '../../drizzle.ts';
import { prepareOnce } from '../connection.ts';
import { chunks, embeddings } from '../schema/documents.ts';
import type { WriteContext } from '../writer/context.ts';
import type { Analyzer } from './text-analysis.ts';
import { hasTable, indexText, nextTextTable, textTable } from './text-index.ts';
import { noteRemovedChunks } from './vector-sync-writes.ts';

/** Vectors are one table per embedder, float32 under the key of their chunk. */
export function vectorTable(embeddingKey: number): string {
  return `vectors_${embeddingKey}`;
}

export function ensureEmbedding({ orm, raw }: WriteContext, modelId: string, dimension: number): number {
  const known = findEmbedding(raw, modelId);
  if (known && known.dimension !== dimension) {
    throw new Error(`The embedder ${modelId} returned ${dimension} dimensions instead of ${known.dimension}.`);
  }
  const { key } = known ?? orm.insert(embeddings).values({ modelId, dimension, epoch: randomUUID() }).returning().get();
  const name = vectorTable(key);
  if (!hasTable(raw, name)) {
    raw.exec(`create table ${name} (chunk_key integer primary key, embedding blob not null)`);
  }
  return key;
}

/** Undefined while no vector of this embedder was ever stored. */
export function findEmbedding(
  raw: WriteContext['raw'],
  modelId: string,
): { key: number; dimension: number } | undefined {
  const row = prepareOnce(raw, 'select key, dimension from embeddings where model_id = ?').get(modelId);
  return row as { key: number; dimension: number } | undefined;
}

type ChunkInsert = Omit<typeof chunks.$inferSelect, 'key' | 'hash'> & { hash: Uint8Array };

/** A chunk's row, its full-text row and its vector share one key; they come and go together. */
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

export function insertVector(raw: WriteContext['raw'], embeddingKey: number, key: bigint, vector: Float32Array): void {
  const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
  // One that is there already stays: a job that was killed may do its last step again.
  const sql = `insert or ignore into ${vectorTable(embeddingKey)} (chunk_key, embedding) values (?, ?)`;
  prepareOnce(raw, sql).run(key, bytes);
}

export function deleteChunks({ raw, orm, eraser }: WriteContext, workspaceId: string, rows: { key: number }[]): void {
  if (rows.length === 0) return;
  // While its embedder is changed, a chunk has vectors in two tables.
  const embeddingKeys = prepareOnce(raw, 'select key from embeddings').pluck().all() as number[];
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
