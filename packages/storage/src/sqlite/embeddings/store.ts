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
    async lastKey(workspaceId) {
      const sql = 'select coalesce(max(key), 0) from chunks where workspace_id = ?';
      return prepareValue<[string], number>(raw, sql).get(workspaceId) ?? 0;
    },
    async sampleTexts(workspaceId, count) {
      const range = prepareOnce<[string], { first: number | null; last: number }>(
        raw,
        'select min(key) first, max(key) last from chunks where workspace_id = ?',
      ).get(workspaceId);
      if (!range || range.first === null) return [];
      const { first, last } = range;
      const next = prepareOnce<[string, number], { key: number; text: string }>(
        raw,
        'select key, text from chunks where workspace_id = ? and key >= ? order by key limit 1',
      );
      const rows = Array.from({ length: count }, (_, i) =>
        next.get(workspaceId, first + Math.floor(((last - first) * i) / Math.max(1, count - 1))),
      );
      return [...new Map(rows.map((row) => [row?.key, row?.text ?? ''])).values()];
    },
    async lastQuestions(workspaceId, count) {
      const sql =
        "select m.text from threads t join messages m on m.thread_id = t.id where t.workspace_id = ? and m.role = 'user' " +
        'order by t.id desc, m.id desc limit ?';
      return prepareValue<[string, number], string>(raw, sql).all(workspaceId, count);
    },
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
