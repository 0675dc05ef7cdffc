import { createHash, randomUUID } from 'node:crypto';
import { inArray } from '../../drizzle.ts';
import { type Connection, prepareOnce } from '../connection.ts';
import { chunks, embeddings } from '../schema/documents.ts';
import { segmentForIndex } from '../search/segment.ts';
import type { WriteContext } from '../writer/context.ts';
import { noteRemovedChunks } from './vector-sync-writes.ts';

/** Full text is one FTS5 table per workspace: word statistics, speed and removal stay its own. */
export function textTable(workspaceId: string): string {
  const safe = /^[a-z0-9_]{1,60}$/.test(workspaceId)
    ? workspaceId
    : createHash('sha256').update(workspaceId).digest('hex');
  return `fts_${safe}`;
}

/** Vectors are one table per embedder, float32 under the key of their chunk. */
export function vectorTable(embeddingKey: number): string {
  return `vectors_${embeddingKey}`;
}

/** Segments of one size at which FTS5 merges them at once, asked or not. */
const MAX_SEGMENTS = 64;
/** Pages that one step of a merge writes: 5 to 10 ms. */
const MERGE_PAGES = 64;

/** One step of merging a workspace's full text, which keeps searches fast; true when there is nothing left to merge. */
export function mergeTexts({ raw }: Connection, table: string): boolean {
  if (!hasTable(raw, table)) return true;
  const changes = raw.prepare('select total_changes()').pluck();
  const before = changes.get() as number;
  prepareOnce(raw, `insert into "${table}" ("${table}", rank) values ('merge', ${MERGE_PAGES})`).run();
  // The insert itself counts as one.
  return (changes.get() as number) - before < 2;
}

function hasTable(raw: WriteContext['raw'], name: string): boolean {
  return prepareOnce(raw, 'select 1 from sqlite_master where name = ?').get(name) !== undefined;
}

export function ensureTextTable({ raw }: WriteContext, workspaceId: string): string {
  const name = textTable(workspaceId);
  if (!hasTable(raw, name)) {
    raw.exec(
      `create virtual table "${name}" using fts5(title, body, content='', contentless_delete=1, ` +
        `tokenize="porter unicode61 remove_diacritics 2")`,
    );
    // Merging while writing doubles the time of an ingest; mergeTexts does it when the writer has nothing else to do.
    raw.exec(
      `insert into "${name}" ("${name}", rank) values ('automerge', 0);` +
        `insert into "${name}" ("${name}", rank) values ('crisismerge', ${MAX_SEGMENTS})`,
    );
  }
  return name;
}

export function ensureEmbedding({ orm, raw }: WriteContext, modelId: string, dimension: number): number {
  const known = findEmbedding(raw, modelId);
  if (known && known.dimension !== dimension) {
    throw new Error(`Embedder ${modelId} gave ${known.dimension} dimensions before and ${dimension} now.`);
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
  into: { textTable: string; embeddingKey: number },
  title: string,
  chunk: ChunkInsert,
  vector: Float32Array,
): void {
  const { documentId, workspaceId, revision, ordinal, page, section, start, end, tokens, text, hash } = chunk;
  const row = prepareOnce(
    raw,
    `insert into chunks (document_id, workspace_id, revision, ordinal, page, section, start, "end", tokens, text,
       hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(documentId, workspaceId, revision, ordinal, page, section, start, end, tokens, text, hash);
  const key = BigInt(row.lastInsertRowid);
  const heading = section ? `${title}\n${section}` : title;
  const words = prepareOnce(raw, `insert into "${into.textTable}" (rowid, title, body) values (?, ?, ?)`);
  words.run(key, segmentForIndex(heading), segmentForIndex(text));
  insertVector(raw, into.embeddingKey, key, vector);
}

export function insertVector(raw: WriteContext['raw'], embeddingKey: number, key: bigint, vector: Float32Array): void {
  const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
  // One that is there already stays: a job that was killed may do its last step again.
  const sql = `insert or ignore into ${vectorTable(embeddingKey)} (chunk_key, embedding) values (?, ?)`;
  prepareOnce(raw, sql).run(key, bytes);
}

export function deleteChunks({ raw, orm }: WriteContext, workspaceId: string, rows: { key: number }[]): void {
  if (rows.length === 0) return;
  // While its embedder is changed, a chunk has vectors in two tables.
  const embeddingKeys = prepareOnce(raw, 'select key from embeddings').pluck().all() as number[];
  const table = textTable(workspaceId);
  const hasText = hasTable(raw, table);
  for (const { key } of rows) {
    if (hasText) prepareOnce(raw, `delete from "${table}" where rowid = ?`).run(BigInt(key));
    for (const embeddingKey of embeddingKeys)
      prepareOnce(raw, `delete from ${vectorTable(embeddingKey)} where chunk_key = ?`).run(BigInt(key));
  }
  const keys = rows.map((row) => row.key);
  noteRemovedChunks(raw, workspaceId, keys);
  orm.delete(chunks).where(inArray(chunks.key, keys)).run();
}
