import type { EmbeddingStore, WorkspaceEmbeddingState } from '@lorebox/ports/embedding-store';
import { passagesAfter } from '../chunks/passages.ts';
import { defineEntity } from '../entity.ts';
import { prepareOnce, prepareValue } from '../statements.ts';
import { embeddingCommands } from './commands.ts';

interface JobRow {
  modelId: string;
  done: number;
  since: number;
  message: string | null;
}

export const embeddingEntity = defineEntity(embeddingCommands, ({ raw }, writer): EmbeddingStore => {
  const activeOf = (workspaceId: string) =>
    prepareOnce<[string], { modelId: string; dimension: number }>(
      raw,
      'select e.model_id modelId, e.dimension from workspaces w join embeddings e on e.key = w.embedding_key where w.id = ?',
    ).get(workspaceId);
  return {
    async survey() {
      const sql =
        'select w.id workspaceId, w.embedder wanted, e.model_id active, j.model_id next from workspaces w ' +
        "left join embeddings e on e.key = w.embedding_key left join jobs j on j.workspace_id = w.id and j.kind = 'reembed' " +
        'where w.removed_at is null';
      return prepareOnce<[], WorkspaceEmbeddingState>(raw, sql).all();
    },
    active: async (workspaceId) => activeOf(workspaceId)?.modelId ?? null,
    async state(workspaceId) {
      const count = 'select count(*) from chunks where workspace_id = ?';
      const chunks = prepareValue<[string], number>(raw, count).get(workspaceId) ?? 0;
      const job = prepareOnce<[string], JobRow>(
        raw,
        "select model_id modelId, done, created_at since, message from jobs where workspace_id = ? and kind = 'reembed'",
      ).get(workspaceId);
      const next = job ? { ...job, since: new Date(job.since) } : null;
      return { active: activeOf(workspaceId) ?? null, chunks, next };
    },
    queueReembed: (workspaceId, modelId, at) => writer.run('embeddings.queueReembed', { workspaceId, modelId, at }),
    passagesAfter: async (workspaceId, key, limit) => passagesAfter(raw, workspaceId, key, limit),
    appendVectors: (job, dimension, vectors, cursor) =>
      writer.run('embeddings.append', { job, dimension, vectors, cursor }),
    finish: (job, at) => writer.run('embeddings.finish', { job, at }),
  };
});
