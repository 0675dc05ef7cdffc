import { parentPort, workerData } from 'node:worker_threads';
import type { IndexHit, SearchFilter, VectorCandidates } from '@lorebox/ports/search-index';
import { serveCalls } from '@lorebox/worker-rpc/serve-calls';
import { openConnection } from '../connection.ts';
import { highlight } from './highlight.ts';
import { searchKeywords, shareOfKnownWords } from './keyword-search.ts';
import { ScanStore } from './scan-store.ts';
import { VectorSearch } from './vector-search.ts';

export interface ReaderData {
  path: string;
  maxVectorBytes: number;
  /** Folder for files of large scans. Null: no files. */
  vectorFiles: string | null;
}

interface Query {
  filter: SearchFilter;
  limit: number;
}

interface VectorQuery extends Query {
  vector: Float32Array;
  modelId: string;
}

/** A result with the milliseconds it took on this thread. */
type Timed<T> = T & { ms: number };

const SWEEP_MS = 60_000;
const { path, maxVectorBytes, vectorFiles }: ReaderData = workerData;
const connection = openConnection(path, { readonly: true, vectors: true });
const scans = new ScanStore(connection, maxVectorBytes, vectorFiles);
const vectors = new VectorSearch(connection, scans);
// If a sweep fails, the next one repeats its work.
setInterval(() => scans.sweep().catch(() => {}), SWEEP_MS).unref();

async function timed<T>(run: () => T | Promise<T>): Promise<Timed<T>> {
  const started = performance.now();
  const result = await run();
  return { ...result, ms: performance.now() - started };
}

const methods = {
  keyword: ({ query, filter, limit }: Query & { query: string }): Promise<Timed<{ hits: IndexHit[]; known: number }>> =>
    timed(() => ({
      hits: searchKeywords(connection, query, filter, limit),
      known: shareOfKnownWords(connection, query, filter),
    })),
  vector: ({ modelId, vector, filter, limit }: VectorQuery): Promise<Timed<{ hits: IndexHit[] }>> =>
    timed(async () => ({ hits: await vectors.search(modelId, vector, filter, limit) })),
  candidates: ({ modelId, vector, filter, limit, candidates }: VectorQuery & { candidates: VectorCandidates }) =>
    timed(() => vectors.score(modelId, vector, filter, limit, candidates)),
  highlight: ({ query, texts }: { query: string; texts: readonly string[] }) => highlight(query, texts),
  warm: (_input: null) => scans.warm(),
};
export type ReaderMethods = typeof methods;

if (parentPort) serveCalls(parentPort, methods);
