import { parentPort, workerData } from 'node:worker_threads';
import type { SearchFilter } from '@lorebox/ports/search-index';
import { openConnection } from '../connection.ts';
import { searchKeywords } from './keyword-search.ts';
import { VectorSearch } from './vector-search.ts';

export type ReaderRequest = { id: number; filter: SearchFilter; limit: number } & (
  | { kind: 'keyword'; query: string }
  | { kind: 'vector'; vector: Float32Array; modelId: string }
);

const SWEEP_MS = 60_000;
const { path, maxVectorBytes } = workerData as { path: string; maxVectorBytes: number };
const connection = openConnection(path, { readonly: true, vectors: true });
const vectors = new VectorSearch(connection, maxVectorBytes);
setInterval(() => vectors.sweep(), SWEEP_MS).unref();

async function run(request: ReaderRequest) {
  if (request.kind === 'keyword') return searchKeywords(connection, request.query, request.filter, request.limit);
  return vectors.search(request.modelId, request.vector, request.filter, request.limit);
}

parentPort?.on('message', async (request: ReaderRequest) => {
  const started = performance.now();
  try {
    const hits = await run(request);
    parentPort?.postMessage({ id: request.id, hits, ms: performance.now() - started });
  } catch (error) {
    parentPort?.postMessage({ id: request.id, error: error instanceof Error ? error.message : String(error) });
  }
});
