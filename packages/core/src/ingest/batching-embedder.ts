import type { Embedder } from '@lorebox/ports/embedder';

interface Waiting {
  texts: readonly string[];
  signal: AbortSignal | undefined;
  resolve(vectors: Float32Array[]): void;
  reject(error: unknown): void;
}

/** Combines the texts of several small documents into one call, because batches are much faster than single texts. */
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
      // Waits one turn of the event loop, so that other documents can join the batch.
      if (!isRunning) {
        isRunning = true;
        setTimeout(drain, 1);
      }
    });
}
