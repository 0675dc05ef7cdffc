import { parentPort, workerData } from 'node:worker_threads';
import type { IndexHit, SearchFilter } from '@lorebox/ports/search-index';
import { openConnection } from '../connection.ts';
import { searchKeywords } from './keyword-search.ts';
import { ScanStore } from './scan-store.ts';
import { VectorSearch } from './vector-search.ts';

export type ReaderRequest = { id: number } & (
  | { kind: 'keyword'; filter: SearchFilter; limit: number; query: string }
  | { kind: 'vector'; filter: SearchFilter; limit: number; vector: Float32Array; modelId: string }
  | { kind: 'warm' }
);

export interface ReaderData {
  path: string;
  maxVectorBytes: number;
  /** Folder for scans that are large enough to be kept beside the database; null for none. */
  vectorFiles: string | null;
}

const SWEEP_MS = 60_000;
const { path, maxVectorBytes, vectorFiles } = workerData as ReaderData;
const connection = openConnection(path, { readonly: true, vectors: true });
const scans = new ScanStore(connection, maxVectorBytes, vectorFiles);
const vectors = new VectorSearch(connection, scans);
// What can't be swept now is swept the next time.
setInterval(() => scans.sweep().catch(() => {}), SWEEP_MS).unref();

async function run(request: ReaderRequest): Promise<IndexHit[]> {
  if (request.kind === 'warm') {
    await scans.warm();
    return [];
  }
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
