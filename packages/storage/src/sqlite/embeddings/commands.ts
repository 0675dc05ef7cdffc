import type { ReembedJob } from '@lorebox/ports/document-stores';
import { recordEvent } from '../events/record-event.ts';
import { queueJob } from '../jobs/queue-job.ts';
import { prepareOnce, prepareValue } from '../statements.ts';
import { noteRemovedWorkspace } from '../vector-syncs/note-changes.ts';
import type { WriteContext } from '../writer/context.ts';
import { activeModel } from './active-embedder.ts';
import { ensureEmbedding, findEmbedding, insertVector } from './vector-table.ts';

interface NewVector {
  key: number;
  hash: Uint8Array;
  vector: Float32Array;
}

export const embeddingCommands = {
  'embeddings.queueReembed'(context: WriteContext, input: { workspaceId: string; modelId: string; at: Date }): boolean {
    const { raw } = context;
    const { workspaceId, modelId, at } = input;
    const active = activeModel(context, workspaceId);
    if (active === undefined) return false;
    const pendingOf = "select id, model_id modelId from jobs where workspace_id = ? and kind = 'reembed'";
    const pending = prepareOnce<[string], { id: string; modelId: string }>(raw, pendingOf).get(workspaceId);
    if ((pending?.modelId ?? active) === modelId) return false;
    if (pending) {
      prepareOnce(raw, 'delete from jobs where id = ?').run(pending.id);
      queueJob(context, { kind: 'purge-vectors', workspaceId, modelId: pending.modelId }, at);
    }
    if (active === modelId) return true;
    // An earlier change may have removed some of the vectors; those are created again.
    const purge = "delete from jobs where workspace_id = ? and kind = 'purge-vectors' and model_id = ?";
    prepareOnce(raw, purge).run(workspaceId, modelId);
    queueJob(context, { kind: 'reembed', workspaceId, modelId: modelId }, at);
    return true;
  },
  'embeddings.append'(
    context: WriteContext,
    input: { job: ReembedJob; dimension: number; vectors: readonly NewVector[]; cursor: number },
  ): boolean {
    const { raw } = context;
    const { job, vectors, cursor } = input;
    if (!prepareOnce(raw, 'select 1 from jobs where id = ?').get(job.id)) return false;
    const embeddingKey = ensureEmbedding(context, job.modelId, input.dimension);
    const update = prepareOnce(raw, 'update chunks set hash = ? where key = ?');
    for (const { key, hash, vector } of vectors) {
      // If the chunk was deleted in the meantime, its vector would never be removed.
      if (update.run(hash, key).changes > 0) insertVector(raw, embeddingKey, BigInt(key), vector);
    }
    const step = 'update jobs set cursor = ?, done = done + ?, attempts = 0, message = null where id = ?';
    prepareOnce(raw, step).run(cursor, vectors.length, job.id);
    return true;
  },
  'embeddings.finish'(context: WriteContext, input: { job: ReembedJob; at: Date }): boolean {
    const { raw } = context;
    const { job, at } = input;
    const { workspaceId, modelId } = job;
    const cursor = prepareValue<[string], number>(raw, 'select cursor from jobs where id = ?').get(job.id);
    if (cursor === undefined) return true; // the embedder has changed again
    const more = 'select 1 from chunks where workspace_id = ? and key > ? limit 1';
    if (prepareOnce(raw, more).get(workspaceId, cursor)) return false;
    const old = activeModel(context, workspaceId);
    prepareOnce(raw, 'delete from jobs where id = ?').run(job.id);
    // Without chunks there are no vectors. The first document sets the embedder.
    const target = findEmbedding(raw, modelId)?.key ?? null;
    noteRemovedWorkspace(raw, workspaceId);
    prepareOnce(raw, 'update workspaces set embedding_key = ? where id = ?').run(target, workspaceId);
    if (old) queueJob(context, { kind: 'purge-vectors', workspaceId, modelId: old }, at);
    const data = { from: old ?? null, to: modelId };
    recordEvent(context, { type: 'workspace.embedder-changed', workspaceId, timestamp: at, data });
    return true;
  },
};
