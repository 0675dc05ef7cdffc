import { randomUUID } from 'node:crypto';
import { hasTable } from '../chunks/text-index.ts';
import { prepareOnce } from '../connection.ts';
import type { WriteContext } from '../writer/context.ts';
import { embeddings } from './schema.ts';

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

export function insertVector(raw: WriteContext['raw'], embeddingKey: number, key: bigint, vector: Float32Array): void {
  const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
  // One that is there already stays: a job that was killed may do its last step again.
  const sql = `insert or ignore into ${vectorTable(embeddingKey)} (chunk_key, embedding) values (?, ?)`;
  prepareOnce(raw, sql).run(key, bytes);
}
