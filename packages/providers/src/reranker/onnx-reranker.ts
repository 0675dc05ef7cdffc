import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { AppError } from '@lorebox/contract/errors';
import type { Reranker } from '@lorebox/ports/reranker';
import type { OnnxFileStore } from './onnx-files.ts';
import type { RerankWorkerOptions, RerankWorkerRequest, RerankWorkerResponse } from './onnx-worker.ts';
import type { RerankerProvider } from './reranker-provider.ts';

const IDLE_MS = 10 * 60_000;

interface Waiting {
  resolve(scores: number[]): void;
  reject(error: Error): void;
}

/** A cross-encoder of the BERT kind in a thread of its own, which starts with the first search and ends when idle. */
export function createOnnxReranker(options: { model: string; files: OnnxFileStore; threads?: number }): Reranker {
  const { model, files } = options;
  const threads = options.threads ?? Math.max(1, availableParallelism() - 1);
  const waiting = new Map<number, Waiting>();
  let worker: Promise<Worker> | null = null;
  let idle: NodeJS.Timeout | undefined;
  let lastId = 0;

  async function start(signal: AbortSignal): Promise<Worker> {
    const { modelPath, vocabulary } = await files.find(model, signal);
    const workerData: RerankWorkerOptions = { modelPath, vocabulary, threads };
    const started = new Worker(new URL('./onnx-worker.ts', import.meta.url), { workerData, name: 'reranker' });
    started.unref();
    started.on('message', (response: RerankWorkerResponse) => {
      const call = waiting.get(response.id);
      waiting.delete(response.id);
      if ('error' in response) call?.reject(new AppError('RERANKER_FAILED', `${model} failed: ${response.error}`));
      else call?.resolve(response.scores);
    });
    const fail = (error: Error) => {
      worker = null;
      for (const call of waiting.values()) call.reject(error);
      waiting.clear();
    };
    started.on('error', (error: Error) => fail(new AppError('RERANKER_FAILED', `${model} failed: ${error.message}`)));
    started.on('exit', () => fail(new AppError('RERANKER_FAILED', `The worker thread of ${model} exited.`)));
    return started;
  }

  async function stop(): Promise<void> {
    clearTimeout(idle);
    const ending = worker;
    worker = null;
    const thread = await ending?.catch(() => null);
    if (!thread) return;
    const ended = new Promise((resolve) => thread.once('exit', resolve));
    thread.ref();
    thread.postMessage({ close: true } satisfies RerankWorkerRequest);
    await ended;
  }

  return {
    id: `onnx:${model}`,
    async score(query, passages, signal) {
      if (passages.length === 0) return [];
      clearTimeout(idle);
      worker ??= start(signal);
      const thread = await worker.catch((error) => {
        worker = null;
        throw error;
      });
      signal.throwIfAborted();
      const id = ++lastId;
      const leave = () => {
        thread.postMessage({ cancel: id } satisfies RerankWorkerRequest);
        waiting.get(id)?.reject(signal.reason);
        waiting.delete(id);
      };
      signal.addEventListener('abort', leave, { once: true });
      try {
        return await new Promise<number[]>((resolve, reject) => {
          waiting.set(id, { resolve, reject });
          thread.postMessage({ id, query, passages } satisfies RerankWorkerRequest);
        });
      } finally {
        signal.removeEventListener('abort', leave);
        idle = setTimeout(() => void stop(), IDLE_MS);
        idle.unref();
      }
    },
    close: stop,
  };
}

export const onnxRerankers: RerankerProvider = {
  argument: 'MODEL',
  create: (model, { onnxFiles }) => createOnnxReranker({ model, files: onnxFiles }),
  isLocal: () => true,
  download: (model, { onnxFiles }) => onnxFiles.download(model),
};
