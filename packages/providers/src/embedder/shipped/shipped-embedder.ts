import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Embedder } from '@lorebox/ports/embedder';
import { WorkerClient } from '@lorebox/worker-rpc/worker-client';
import type { EmbedMethods, EmbedWorkerData } from './onnx-worker.ts';
import { includedModels, loadTokenizer, type ModelName, type Tokenizer } from './sentence-model.ts';

export interface ShippedEmbedderOptions {
  /** Cores per batch. Default: half of the machine's cores, at most four. */
  threads?: number;
  /** Runs at low priority (Linux), so that ingest can use every core without delaying requests. */
  isBackground?: boolean;
  /** Idle time after which the model is unloaded. */
  idleMs?: number;
}

const IDLE_MS = 5 * 60_000;
/**
 * Timeout for a hung worker. A batch takes a fraction of a second, and terminating a thread in native code crashes the
 * process.
 */
const CLOSE_GRACE_MS = 30_000;

/** An included model, run in a worker thread that starts on first use and ends when idle. */
export function createShippedEmbedder(model: ModelName, options: ShippedEmbedderOptions = {}): Embedder {
  const threads = options.threads ?? Math.min(4, Math.max(1, Math.floor(availableParallelism() / 2)));
  const workerData: EmbedWorkerData = { model, threads, isBackground: options.isBackground ?? false };
  const worker = new WorkerClient<EmbedMethods>({
    start: () => new Worker(new URL('./onnx-worker.ts', import.meta.url), { workerData, name: 'embedder' }),
    idleMs: options.idleMs ?? IDLE_MS,
    closeGraceMs: CLOSE_GRACE_MS,
    retryLostCalls: true,
    lostError: (cause) => new Error(isClosed ? 'The embedder is closed' : 'The embedding worker failed', { cause }),
  });
  let isClosed = false;
  let loaded: Tokenizer | undefined;
  const { id: modelId, dimension, maxTokens } = includedModels[model];

  function tokenizer(): Tokenizer {
    loaded ??= loadTokenizer(model);
    return loaded;
  }

  return {
    modelId,
    dimension,
    maxTokens,
    countTokens: (text) => tokenizer().count(text),
    coverage: (text) => tokenizer().coverage(text),
    async embed(texts, kind, signal) {
      if (texts.length === 0 && !isClosed) return [];
      return rows(await worker.call('embed', { texts, kind }, { signal }), dimension);
    },
    close() {
      isClosed = true;
      return worker.close();
    },
  };
}

/** Copies each vector, so that a stored vector does not keep the whole response in memory. */
function rows(vectors: Float32Array, dimension: number): Float32Array[] {
  return Array.from({ length: vectors.length / dimension }, (_, row) =>
    vectors.slice(row * dimension, (row + 1) * dimension),
  );
}
