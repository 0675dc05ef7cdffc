import type { IngestStore, ReembedJob } from '@lorebox/ports/document-stores';
import type { EmbeddingStore } from '@lorebox/ports/embedding-store';
import type { Clock } from '@lorebox/ports/runtime';
import { embedPassages } from '../embeddings/embed-passages.ts';
import type { ReadyEmbedder } from './ingest-document.ts';

export interface ReembedDeps {
  store: Pick<IngestStore, 'knownVectors' | 'finish'>;
  embeddings: EmbeddingStore;
  /** @throws AppError EMBEDDER_FAILED if it isn't available, FORBIDDEN if the workspace must not use it. */
  embedderNamed(modelId: string, workspaceId: string): Promise<ReadyEmbedder>;
  clock: Clock;
  onProgress(): void;
}

/** Chunks per commit. A crash loses at most this much. */
const BATCH = 64;

/**
 * Re-embeds all chunks of a workspace in key order, while searches use the old vectors and documents are added and
 * removed. Keys only grow, so new chunks are ahead of the cursor. The last step and the switch are one transaction.
 */
export async function reembedWorkspace(deps: ReembedDeps, job: ReembedJob, signal: AbortSignal): Promise<void> {
  const { embedder, embed } = await deps.embedderNamed(job.modelId, job.workspaceId);
  let cursor = job.cursor;
  for (;;) {
    signal.throwIfAborted();
    const passages = await deps.embeddings.passagesAfter(job.workspaceId, cursor, BATCH);
    const last = passages.at(-1);
    if (!last) {
      if (await deps.embeddings.finish({ ...job, cursor }, new Date(deps.clock.now()))) return;
      continue;
    }
    const vectors = await embedPassages({ embedder, embed, known: deps.store.knownVectors }, passages, signal);
    const keyed = vectors.map((vector, i) => ({ key: passages[i]?.key ?? 0, ...vector }));
    cursor = last.key;
    const dimension = vectors[0]?.vector.length ?? 0;
    if (!(await deps.embeddings.appendVectors(job, dimension, keyed, cursor))) return;
    deps.onProgress();
  }
}
