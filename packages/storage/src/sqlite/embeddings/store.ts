import type { EmbeddingStore, StoredPassage, WorkspaceEmbeddingState } from '@lorebox/ports/embedding-store';
import { type Connection, prepareOnce } from '../connection.ts';
import type { Writer } from '../writer/writer.ts';

interface JobRow {
  modelId: string;
  done: number;
  since: number;
  message: string | null;
}

export function createEmbeddingStore({ raw }: Connection, writer: Writer): EmbeddingStore {
  const activeOf = (workspaceId: string) =>
    prepareOnce(
      raw,
      'select e.model_id modelId, e.dimension from workspaces w join embeddings e on e.key = w.embedding_key where w.id = ?',
    ).get(workspaceId) as { modelId: string; dimension: number } | undefined;
  return {
    async survey() {
      const sql =
        'select w.id workspaceId, w.embedder wanted, e.model_id active, j.model_id next from workspaces w ' +
        "left join embeddings e on e.key = w.embedding_key left join jobs j on j.workspace_id = w.id and j.kind = 'reembed' " +
        'where w.removed_at is null';
      return prepareOnce(raw, sql).all() as WorkspaceEmbeddingState[];
    },
    active: async (workspaceId) => activeOf(workspaceId)?.modelId ?? null,
    async state(workspaceId) {
      const chunks = prepareOnce(raw, 'select count(*) from chunks where workspace_id = ?').pluck().get(workspaceId);
      const job = prepareOnce(
        raw,
        "select model_id modelId, done, created_at since, message from jobs where workspace_id = ? and kind = 'reembed'",
      ).get(workspaceId) as JobRow | undefined;
      const next = job ? { ...job, since: new Date(job.since) } : null;
      return { active: activeOf(workspaceId) ?? null, chunks: chunks as number, next };
    },
    follow: (workspaceId, modelId, at) => writer.run('embeddings.follow', { workspaceId, modelId, at }),
    async passagesAfter(workspaceId, key, limit) {
      const sql =
        "select c.key, case when d.source = 'text' and not d.title_given then '' else coalesce(d.title, '') end title, c.section, c.text " +
        'from chunks c left join documents d on d.id = c.document_id where c.workspace_id = ? and c.key > ? order by c.key limit ?';
      return prepareOnce(raw, sql).all(workspaceId, key, limit) as StoredPassage[];
    },
    appendVectors: (job, dimension, vectors, cursor) =>
      writer.run('embeddings.append', { job, dimension, vectors, cursor }),
    finish: (job, at) => writer.run('embeddings.finish', { job, at }),
  };
}
