import { randomUUID } from 'node:crypto';
import { hasTable } from '../chunks/text-index.ts';
import { prepareOnce } from '../statements.ts';
import type { WriteContext } from '../writer/context.ts';
import { embeddings } from './schema.ts';
import { toBytes } from './vector-bytes.ts';

/** Returns the vector table of an embedder, which has float32 vectors by chunk key. */
export function vectorTable(embeddingKey: number): string {
  return `vectors_${embeddingKey}`;
}

export interface Embedding {
  key: number;
  dimension: number;
  /** Random. Distinguishes this vector table from another with the same name. */
  epoch: string;
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

/** Returns undefined if no vector of this embedder was ever stored. */
export function findEmbedding(raw: WriteContext['raw'], modelId: string): Embedding | undefined {
  return prepareOnce<[string], Embedding>(raw, 'select key, dimension, epoch from embeddings where model_id = ?').get(
    modelId,
  );
}

export function insertVector(raw: WriteContext['raw'], embeddingKey: number, key: bigint, vector: Float32Array): void {
  // Keeps an existing vector, because a killed job may repeat its last step.
  const sql = `insert or ignore into ${vectorTable(embeddingKey)} (chunk_key, embedding) values (?, ?)`;
  prepareOnce(raw, sql).run(key, toBytes(vector));
}
