import { join } from 'node:path';
import { insertChunk } from '@lorebox/storage/sqlite/chunks/chunk-rows';
import { ensureTextTable, mergeTexts } from '@lorebox/storage/sqlite/chunks/text-index';
import { openConnection } from '@lorebox/storage/sqlite/connection';
import { ensureEmbedding } from '@lorebox/storage/sqlite/embeddings/vector-table';
import type { WriteContext } from '@lorebox/storage/sqlite/writer/context';
import { Eraser } from '@lorebox/storage/sqlite/writer/eraser';
import { startServer } from './bench-server.ts';
import { TextGenerator } from './texts.ts';
import { createRandom } from './words.ts';

export const DIMENSION = 384;
const CENTRES = 2000;
const PER_TRANSACTION = 5000;

/**
 * Generates unit vectors similar to those of sentence embedders: all on one side of the origin, in clusters of
 * different width.
 */
export function createVectors(count: number, seed: number): Float32Array {
  const random = createRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());
  const shapes = createRandom(99);
  const shape = () => Math.sqrt(-2 * Math.log(shapes() + 1e-12)) * Math.cos(2 * Math.PI * shapes());
  const common = Float32Array.from({ length: DIMENSION }, () => 1.2 * shape());
  const centres = Float32Array.from({ length: CENTRES * DIMENSION }, shape);
  const all = new Float32Array(count * DIMENSION);
  for (let row = 0; row < count; row += 1) {
    const centre = Math.floor(random() * CENTRES) * DIMENSION;
    const width = 0.4 + random();
    const at = row * DIMENSION;
    let squares = 0;
    for (let i = 0; i < DIMENSION; i += 1) {
      const value = (common[i] ?? 0) + (centres[centre + i] ?? 0) + width * normal();
      all[at + i] = value;
      squares += value * value;
    }
    const scale = 1 / Math.sqrt(squares);
    for (let i = 0; i < DIMENSION; i += 1) all[at + i] = (all[at + i] ?? 0) * scale;
  }
  return all;
}

export const rowOf = (vectors: Float32Array, row: number) => vectors.subarray(row * DIMENSION, (row + 1) * DIMENSION);

/** Returns the rows of the `limit` largest dot products, like an exact search. */
export function nearestExactly(vectors: Float32Array, query: Float32Array, limit: number): number[] {
  const count = vectors.length / DIMENSION;
  const scores = new Float32Array(count);
  for (let row = 0; row < count; row += 1) {
    let sum = 0;
    const at = row * DIMENSION;
    for (let i = 0; i < DIMENSION; i += 1) sum += (vectors[at + i] as number) * (query[i] as number);
    scores[row] = sum;
  }
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  return [...order.sort((a, b) => (scores[b] as number) - (scores[a] as number)).subarray(0, limit)];
}

export interface Library {
  workspaceId: string;
  seconds: number;
}

/**
 * Creates a workspace with one document and chunk per vector, using the product's code but not its queue: a million
 * documents would take an hour, and that time is not measured here. External IDs are row numbers.
 */
export async function fillLibrary(
  dataDir: string,
  name: string,
  modelId: string,
  vectors: Float32Array,
): Promise<Library> {
  const server = await startServer({ dataDir });
  const workspaceId = await server.createWorkspace(name);
  await server.stop();
  const started = performance.now();
  const connection = openConnection(join(dataDir, 'lorebox.db'), { readonly: false, vectors: false });
  const { raw } = connection;
  const context: WriteContext = {
    ...connection,
    blobDir: '',
    afterCommit: () => {},
    unmerged: new Set(),
    eraser: new Eraser(),
  };
  const text = ensureTextTable(context, workspaceId);
  const embeddingKey = ensureEmbedding(context, modelId, DIMENSION);
  raw.prepare('update workspaces set embedding_key = ? where id = ?').run(embeddingKey, workspaceId);
  const document = raw.prepare(
    `insert into documents (id, workspace_id, external_id, filename, title, title_given, format, size, sha256, source, metadata,
       status, stage, progress, warnings, chunks, revision, searchable_revision, created_at, updated_at)
     values (@id, @workspaceId, @row, @name, @name, 1, 'text', 1000, '', 'text', @metadata, 'ready', 'searchable', 1, '[]', 1,
       1, 1, 0, 0)`,
  );
  const texts = new TextGenerator(41);
  const count = vectors.length / DIMENSION;
  for (let from = 0; from < count; from += PER_TRANSACTION) {
    raw.transaction(() => {
      for (let row = from; row < Math.min(count, from + PER_TRANSACTION); row += 1) {
        const id = `doc_${String(row).padStart(9, '0')}`;
        const metadata = JSON.stringify({ shelf: row % 100 });
        document.run({ id, workspaceId, row: String(row), name: `Report ${row}`, metadata });
        const body = texts.text(60);
        const place = { documentId: id, workspaceId, revision: 1, ordinal: 0, page: null, times: null, section: null };
        const chunk = { ...place, start: 0, end: body.length, tokens: 80, text: body, hash: new Uint8Array(16) };
        insertChunk(context, { ...text, embeddingKey }, `Report ${row}`, chunk, rowOf(vectors, row));
      }
    })();
  }
  while (!mergeTexts(connection, text.textTable));
  raw.pragma('wal_checkpoint(TRUNCATE)');
  raw.close();
  return { workspaceId, seconds: (performance.now() - started) / 1000 };
}
