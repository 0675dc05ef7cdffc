import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { shippedModel } from '@lorebox/embedding-model';
import type { Embedder } from '@lorebox/ports/embedder';
import type { EmbedWorkerOptions, EmbedWorkerRequest, EmbedWorkerResponse } from './onnx-worker.ts';
import { createWordPiece, type WordPiece } from './wordpiece.ts';

export const SHIPPED_MODEL_ID = shippedModel.id;

export interface ShippedEmbedderOptions {
  /** Cores one batch may use; half of the machine's by default, four at most. */
  threads?: number;
  /** Runs at low priority (Linux): for ingest, so that it may use every core without delaying requests. */
  isBackground?: boolean;
  /** The model leaves memory after this time without a request. */
  idleMs?: number;
}

interface Pending {
  texts: readonly string[];
  kind: 'query' | 'passage';
  retried: boolean;
  resolve(vectors: Float32Array[]): void;
  reject(error: Error): void;
}

const IDLE_MS = 5 * 60_000;
/** A batch takes a fraction of a second. A thread torn down in native code takes the process along, so this is for the hung alone. */
const CLOSE_GRACE_MS = 30_000;

/** The model of this repository, run in a worker thread that starts on first use and ends when idle. */
export function createShippedEmbedder(options: ShippedEmbedderOptions = {}): Embedder {
  const threads = options.threads ?? Math.min(4, Math.max(1, Math.floor(availableParallelism() / 2)));
  const idleMs = options.idleMs ?? IDLE_MS;
  const pending = new Map<number, Pending>();
  let worker: Worker | undefined;
  let stopping: Promise<void> = Promise.resolve();
  let idleTimer: NodeJS.Timeout | undefined;
  let lastId = 0;
  let closed = false;
  let tokenizer: WordPiece | undefined;

  function wordPiece(): WordPiece {
    tokenizer ??= createWordPiece(readFileSync(shippedModel.vocabPath, 'utf8'));
    return tokenizer;
  }

  function send(request: EmbedWorkerRequest): void {
    worker ??= startWorker();
    worker.ref();
    worker.postMessage(request);
  }

  function startWorker(): Worker {
    const workerData: EmbedWorkerOptions = { threads, isBackground: options.isBackground ?? false };
    const started = new Worker(new URL('./onnx-worker.ts', import.meta.url), { workerData, name: 'embedder' });
    let cause = new Error('The embedding worker exited');
    started.on('message', settle);
    started.on('error', (error) => {
      cause = error instanceof Error ? error : new Error(String(error));
    });
    started.on('exit', () => {
      if (worker !== started) return;
      worker = undefined;
      recover(cause);
    });
    return started;
  }

  function settle(response: EmbedWorkerResponse): void {
    const request = pending.get(response.id);
    pending.delete(response.id);
    if (request) {
      if ('error' in response) request.reject(new Error(`Embedding failed: ${response.error}`));
      else request.resolve(rows(response.vectors));
    }
    restWhenIdle();
  }

  /** The worker died under these requests: each gets one more try in a new one. */
  function recover(cause: Error): void {
    for (const [id, request] of pending) {
      if (request.retried || closed) {
        pending.delete(id);
        request.reject(new Error('The embedding worker failed', { cause }));
      } else {
        request.retried = true;
        send({ id, texts: request.texts, kind: request.kind });
      }
    }
  }

  function restWhenIdle(): void {
    clearTimeout(idleTimer);
    if (pending.size > 0) return;
    worker?.unref();
    idleTimer = setTimeout(() => void stopWorker(), idleMs);
    idleTimer.unref();
  }

  function stopWorker(): Promise<void> {
    clearTimeout(idleTimer);
    const ending = worker;
    worker = undefined;
    if (ending) {
      const ended = new Promise<void>((resolve) => ending.once('exit', () => resolve()));
      const force = setTimeout(() => void ending.terminate(), CLOSE_GRACE_MS);
      ending.ref();
      ending.postMessage({ close: true } satisfies EmbedWorkerRequest);
      stopping = Promise.all([stopping, ended]).then(() => clearTimeout(force));
    }
    return stopping;
  }

  function embed(texts: readonly string[], kind: 'query' | 'passage', signal?: AbortSignal): Promise<Float32Array[]> {
    if (closed) return Promise.reject(new Error('The embedder is closed'));
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (texts.length === 0) return Promise.resolve([]);
    const id = ++lastId;
    clearTimeout(idleTimer);
    return new Promise<Float32Array[]>((resolve, reject) => {
      const abort = (): void => {
        pending.delete(id);
        if (worker) send({ cancel: id });
        reject(signal?.reason);
        restWhenIdle();
      };
      const finish = (): void => signal?.removeEventListener('abort', abort);
      pending.set(id, {
        texts,
        kind,
        retried: false,
        resolve: (vectors) => {
          finish();
          resolve(vectors);
        },
        reject: (error) => {
          finish();
          reject(error);
        },
      });
      signal?.addEventListener('abort', abort, { once: true });
      send({ id, texts, kind });
    });
  }

  return {
    modelId: shippedModel.id,
    dimension: shippedModel.dimension,
    maxTokens: shippedModel.maxTokens,
    countTokens: (text) => wordPiece().count(text),
    coverage: (text) => wordPiece().coverage(text),
    embed,
    close() {
      closed = true;
      for (const request of pending.values()) request.reject(new Error('The embedder is closed'));
      pending.clear();
      return stopWorker();
    },
  };
}

/** Copies, so that a stored vector does not keep the whole answer in memory. */
function rows(vectors: Float32Array): Float32Array[] {
  const { dimension } = shippedModel;
  return Array.from({ length: vectors.length / dimension }, (_, row) =>
    vectors.slice(row * dimension, (row + 1) * dimension),
  );
}
