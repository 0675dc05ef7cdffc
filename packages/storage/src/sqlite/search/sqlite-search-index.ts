import { readdirSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { CandidateScorer, ChunkRecord, SearchIndex } from '@lorebox/ports/search-index';
import { WorkerClient } from '@lorebox/worker-rpc/worker-client';
import { chunkId } from '../chunks/chunk-id.ts';
import type { Connection } from '../connection.ts';
import { toFloats } from '../embeddings/vector-bytes.ts';
import { findEmbedding, vectorTable } from '../embeddings/vector-table.ts';
import { prepareOnce } from '../statements.ts';
import { SEARCHABLE } from './filter-sql.ts';
import type { ReaderData, ReaderMethods } from './reader-thread.ts';

/** A chunk record as stored in SQLite: `times` is JSON. */
type ChunkRow = Omit<ChunkRecord, 'chunkId' | 'times'> & { times: string | null };
/** Creates a reader thread that starts with the first query and restarts after a crash. */
function createReader(workerData: ReaderData): WorkerClient<ReaderMethods> {
  return new WorkerClient<ReaderMethods>({
    start: () =>
      new Worker(new URL('./reader-thread.ts', import.meta.url), {
        workerData,
        resourceLimits: { maxYoungGenerationSizeMb: 16 },
      }),
    lostError: (cause) => cause ?? new Error('The search thread exited.'),
  });
}

/** Keyword and vector search have separate threads, so that they run in parallel. */
export function createSqliteSearchIndex(
  path: string,
  { raw }: Connection,
  options: Omit<ReaderData, 'path'>,
): SearchIndex & CandidateScorer & { warm(): Promise<void>; close(): Promise<void> } {
  const keywordReader = createReader({ path, maxVectorBytes: 0, vectorFiles: null });
  const vectorReader = createReader({ path, ...options });
  const byKeys = raw.prepare<[string, string], ChunkRow>(
    `select c.key, c.document_id as documentId, c.revision, d.external_id as externalId, d.title, d.filename, c.ordinal,
       c.page, c.times, c.section, c.start, c."end", c.text
     from json_each(?) k cross join chunks c on c.key = k.value ${SEARCHABLE} where d.workspace_id = ?`,
  );
  return {
    keyword: (query, filter, limit) => keywordReader.call('keyword', { query, filter, limit }),
    vector: (vector, modelId, filter, limit) => vectorReader.call('vector', { vector, modelId, filter, limit }),
    async vectorsOf(workspaceId, modelId, keys) {
      const model = findEmbedding(raw, modelId);
      if (!model) return new Map();
      const sql =
        `select v.chunk_key key, v.embedding from json_each(?) k cross join chunks c on c.key = k.value and c.workspace_id = ? ` +
        `cross join ${vectorTable(model.key)} v on v.chunk_key = c.key`;
      const vectors = prepareOnce<[string, string], { key: number; embedding: Buffer }>(raw, sql);
      const rows = vectors.all(JSON.stringify(keys), workspaceId);
      return new Map(rows.map(({ key, embedding }) => [key, toFloats(embedding)]));
    },
    async scoreCandidates(vector, modelId, filter, limit, candidates) {
      const reply = await vectorReader.call('candidates', { vector, modelId, filter, limit, candidates });
      const { hits, isShort = false, isTooMany, ms } = reply;
      return isTooMany ? null : { hits, isShort, ms };
    },
    async load(workspaceId, keys) {
      const rows = byKeys.all(JSON.stringify(keys), workspaceId);
      return rows.map((row) => {
        const times: ChunkRecord['times'] = row.times === null ? null : JSON.parse(row.times);
        return { ...row, times, chunkId: chunkId(row) };
      });
    },
    highlight: (query, texts) => keywordReader.call('highlight', { query, texts }),
    async warm() {
      // A thread uses memory, so don't start one without need.
      if (options.vectorFiles && readdirSync(options.vectorFiles).length > 0) await vectorReader.call('warm', null);
    },
    async close() {
      await Promise.all([keywordReader.close(), vectorReader.close()]);
    },
  };
}
