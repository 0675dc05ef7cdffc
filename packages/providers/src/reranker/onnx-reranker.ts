import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { AppError, isAppError } from '@lorebox/contract/errors';
import type { Reranker } from '@lorebox/ports/reranker';
import { WorkerClient } from '@lorebox/worker-rpc/worker-client';
import type { OnnxFileStore } from './onnx-files.ts';
import type { RerankMethods, RerankWorkerData } from './onnx-worker.ts';
import type { RerankerProvider } from './reranker-provider.ts';

const IDLE_MS = 10 * 60_000;
const CLOSE_GRACE_MS = 30_000;

/** A BERT cross-encoder in a worker thread that starts with the first search and ends when idle. */
export function createOnnxReranker(options: { model: string; files: OnnxFileStore; threads?: number }): Reranker {
  const { model, files } = options;
  const threads = options.threads ?? Math.max(1, availableParallelism() - 1);
  let loading: Promise<WorkerClient<RerankMethods>> | null = null;

  async function load(signal: AbortSignal): Promise<WorkerClient<RerankMethods>> {
    const { modelPath, vocabulary } = await files.find(model, signal);
    const workerData: RerankWorkerData = { modelPath, vocabulary, threads };
    return new WorkerClient<RerankMethods>({
      start: () => new Worker(new URL('./onnx-worker.ts', import.meta.url), { workerData, name: 'reranker' }),
      idleMs: IDLE_MS,
      closeGraceMs: CLOSE_GRACE_MS,
      lostError: (cause) => toRerankerError(cause ?? new Error('The worker thread exited.')),
    });
  }

  function toRerankerError(cause: Error): AppError {
    return new AppError('RERANKER_FAILED', `${model} failed: ${cause.message}`, { cause });
  }

  return {
    id: `onnx:${model}`,
    async score(query, passages, signal) {
      if (passages.length === 0) return [];
      loading ??= load(signal);
      const worker = await loading.catch((error) => {
        loading = null;
        throw error;
      });
      try {
        return await worker.call('score', { query, passages }, { signal });
      } catch (error) {
        signal.throwIfAborted();
        throw isAppError(error) || !(error instanceof Error) ? error : toRerankerError(error);
      }
    },
    async close() {
      const worker = await loading?.catch(() => null);
      loading = null;
      await worker?.close();
    },
  };
}

export const onnxRerankers: RerankerProvider = {
  argument: 'MODEL',
  create: (model, { onnxFiles }) => createOnnxReranker({ model, files: onnxFiles }),
  isLocal: () => true,
  download: (model, { onnxFiles }) => onnxFiles.download(model),
};
