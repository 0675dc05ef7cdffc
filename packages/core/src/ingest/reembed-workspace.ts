import type { IngestStore, ReembedJob } from '@lorebox/ports/document-stores';
import type { EmbeddingStore } from '@lorebox/ports/embedding-store';
import type { Clock } from '@lorebox/ports/runtime';
import { embedPassages } from '../embeddings/embed-passages.ts';
import type { ReadyEmbedder } from './ingest-document.ts';

export interface ReembedDeps {
  store: Pick<IngestStore, 'knownVectors' | 'finish'>;
  embeddings: EmbeddingStore;
  /** @throws AppError EMBEDDER_FAILED for one that can't be had, FORBIDDEN for one that the workspace must not use. */
  embedderNamed(modelId: string, workspaceId: string): Promise<ReadyEmbedder>;
  clock: Clock;
  onProgress(): void;
}

/** Chunks that get their vectors in one commit: what a kill can cost. */
const BATCH = 64;

/**
 * Makes the vectors of another embedder for every chunk of a workspace, in the order of their keys, while searches use the old
 * ones and documents come and go. Keys only grow, so that whatever is new lies ahead. The last step and the switch are one transaction.
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
