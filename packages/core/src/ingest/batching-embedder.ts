import type { Embedder } from '@lorebox/ports/embedder';

interface Waiting {
  texts: readonly string[];
  signal: AbortSignal | undefined;
  resolve(vectors: Float32Array[]): void;
  reject(error: unknown): void;
}

/**
 * Puts what many small documents want embedded at the same moment into one call. Models and servers do a batch of 64
 * many times faster than 64 single texts.
 */
export function createBatchingEmbedder(embedder: Embedder, maxBatch: number, deadlineMs: number): Embedder['embed'] {
  const queue: Waiting[] = [];
  let isRunning = false;

  async function drain(): Promise<void> {
    isRunning = true;
    while (queue.length > 0) {
      const batch: Waiting[] = [];
      let size = 0;
      while (queue[0] && (size === 0 || size + queue[0].texts.length <= maxBatch)) {
        const next = queue.shift();
        if (!next) break;
        if (next.signal?.aborted) next.reject(next.signal.reason);
        else {
          batch.push(next);
          size += next.texts.length;
        }
      }
      if (batch.length > 0) await run(batch);
    }
    isRunning = false;
  }

  async function run(batch: Waiting[]): Promise<void> {
    try {
      const texts = batch.flatMap((waiting) => waiting.texts);
      const vectors = await embedder.embed(texts, 'passage', AbortSignal.timeout(deadlineMs));
      let from = 0;
      for (const waiting of batch) {
        waiting.resolve(vectors.slice(from, from + waiting.texts.length));
        from += waiting.texts.length;
      }
    } catch (error) {
      for (const waiting of batch) waiting.reject(error);
    }
  }

  return (texts, _kind, signal) =>
    new Promise((resolve, reject) => {
      queue.push({ texts, signal, resolve, reject });
      // A turn of the event loop gathers what other documents have ready.
      if (!isRunning) {
        isRunning = true;
        setTimeout(drain, 1);
      }
    });
}
