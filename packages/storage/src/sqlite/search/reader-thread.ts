import { parentPort, workerData } from 'node:worker_threads';
import { openConnection } from '../connection.ts';
import { highlight } from './highlight.ts';
import { searchKeywords } from './keyword-search.ts';
import type { ReaderData, ReaderReply, ReaderRequest } from './reader-messages.ts';
import { ScanStore } from './scan-store.ts';
import { VectorSearch } from './vector-search.ts';

const SWEEP_MS = 60_000;
const { path, maxVectorBytes, vectorFiles }: ReaderData = workerData;
const connection = openConnection(path, { readonly: true, vectors: true });
const scans = new ScanStore(connection, maxVectorBytes, vectorFiles);
const vectors = new VectorSearch(connection, scans);
// What can't be swept now is swept the next time.
setInterval(() => scans.sweep().catch(() => {}), SWEEP_MS).unref();

async function run(request: ReaderRequest): Promise<ReaderReply> {
  if (request.kind === 'warm') {
    await scans.warm();
    return { hits: [] };
  }
  if (request.kind === 'highlight') return { hits: [], highlights: highlight(request.query, request.texts) };
  const { filter, limit } = request;
  if (request.kind === 'keyword') return { hits: searchKeywords(connection, request.query, filter, limit) };
  const { modelId, vector } = request;
  if (request.kind === 'candidates') return vectors.score(modelId, vector, filter, limit, request.candidates);
  return { hits: await vectors.search(modelId, vector, filter, limit) };
}

parentPort?.on('message', async (request: ReaderRequest) => {
  const started = performance.now();
  try {
    const reply = await run(request);
    parentPort?.postMessage({ id: request.id, ...reply, ms: performance.now() - started });
  } catch (error) {
    parentPort?.postMessage({ id: request.id, error: error instanceof Error ? error.message : String(error) });
  }
});
