import { createId } from '@lorebox/contract/create-id';
import type { Job, ReembedJob } from '@lorebox/ports/document-stores';
import { prepareOnce } from '../connection.ts';
import { insertRow } from '../prepared.ts';
import { jobs } from '../schema/documents.ts';
import type { WriteContext } from '../writer/context.ts';
import { ensureEmbedding, findEmbedding, insertVector, vectorTable } from './chunk-rows.ts';
import { recordEvent } from './event-writes.ts';
import { noteRemovedWorkspace } from './vector-sync-writes.ts';

/** Vectors that one step removes: a few milliseconds of the writer's time. */
const STEP = 1000;

interface NewVector {
  key: number;
  hash: Uint8Array;
  vector: Float32Array;
}

export const embeddingCommands = {
  'embeddings.follow'(context: WriteContext, input: { workspaceId: string; modelId: string; at: Date }): boolean {
    const { raw } = context;
    const { workspaceId, modelId, at } = input;
    const active = activeModel(context, workspaceId);
    if (active === undefined) return false;
    const pendingOf = "select id, model_id modelId from jobs where workspace_id = ? and kind = 'reembed'";
    const pending = prepareOnce(raw, pendingOf).get(workspaceId) as { id: string; modelId: string } | undefined;
    if ((pending?.modelId ?? active) === modelId) return false;
    if (pending) {
      prepareOnce(raw, 'delete from jobs where id = ?').run(pending.id);
      queueVectorJob(context, 'purge-vectors', workspaceId, pending.modelId, at);
    }
    if (active === modelId) return true;
    // Vectors that an earlier change left half removed are made anew where they are missing.
    const purge = "delete from jobs where workspace_id = ? and kind = 'purge-vectors' and model_id = ?";
    prepareOnce(raw, purge).run(workspaceId, modelId);
    queueVectorJob(context, 'reembed', workspaceId, modelId, at);
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
      // Deleted meanwhile: its vector would never be removed.
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
    const row = prepareOnce(raw, 'select cursor from jobs where id = ?').get(job.id) as { cursor: number } | undefined;
    if (!row) return true; // another embedder is wanted by now
    const more = 'select 1 from chunks where workspace_id = ? and key > ? limit 1';
    if (prepareOnce(raw, more).get(workspaceId, row.cursor)) return false;
    const old = activeModel(context, workspaceId);
    prepareOnce(raw, 'delete from jobs where id = ?').run(job.id);
    // Without a chunk there is no vector either: the first document will bring the embedder.
    const target = findEmbedding(raw, modelId)?.key ?? null;
    noteRemovedWorkspace(raw, workspaceId);
    prepareOnce(raw, 'update workspaces set embedding_key = ? where id = ?').run(target, workspaceId);
    if (old) queueVectorJob(context, 'purge-vectors', workspaceId, old, at);
    const data = { from: old ?? null, to: modelId };
    recordEvent(context, { type: 'workspace.embedder-changed', workspaceId, timestamp: at, data });
    return true;
  },
};

/**
 * Whether the workspace's searches, or those after the change that is going on, see vectors of this embedder. The first
 * chunk of a workspace decides.
 */
export function admitsVectors({ raw }: WriteContext, workspaceId: string, embeddingKey: number): boolean {
  const active = prepareOnce(raw, 'select embedding_key from workspaces where id = ?').pluck().get(workspaceId);
  if (active === embeddingKey) return true;
  if (active === null) {
    prepareOnce(raw, 'update workspaces set embedding_key = ? where id = ?').run(embeddingKey, workspaceId);
    return true;
  }
  const next =
    'select 1 from jobs j join embeddings e on e.model_id = j.model_id ' +
    "where j.workspace_id = ? and j.kind = 'reembed' and e.key = ?";
  return prepareOnce(raw, next).get(workspaceId, embeddingKey) !== undefined;
}

/** One bounded step of removing vectors that no search uses any more; true when none is left. */
export function purgeVectors(context: WriteContext, job: Job & { kind: 'purge-vectors' }): boolean {
  const { raw } = context;
  const model = findEmbedding(raw, job.modelId);
  const cursor = prepareOnce(raw, 'select cursor from jobs where id = ?').pluck().get(job.id);
  if (!model || cursor === undefined || activeModel(context, job.workspaceId) === job.modelId) return true;
  const table = vectorTable(model.key);
  const found =
    `select c.key from chunks c cross join ${table} v on v.chunk_key = c.key ` +
    'where c.workspace_id = ? and c.key > ? order by c.key limit ?';
  const keys = prepareOnce(raw, found).pluck().all(job.workspaceId, cursor, STEP) as number[];
  const remove = prepareOnce(raw, `delete from ${table} where chunk_key = ?`);
  for (const key of keys) remove.run(key);
  prepareOnce(raw, 'update jobs set cursor = ? where id = ?').run(keys.at(-1) ?? cursor, job.id);
  return keys.length < STEP;
}

/** Undefined until the workspace has its first chunk. */
function activeModel({ raw }: WriteContext, workspaceId: string): string | undefined {
  const sql = 'select e.model_id from workspaces w join embeddings e on e.key = w.embedding_key where w.id = ?';
  return prepareOnce(raw, sql).pluck().get(workspaceId) as string | undefined;
}

function queueVectorJob(
  { orm }: WriteContext,
  kind: 'reembed' | 'purge-vectors',
  workspaceId: string,
  modelId: string,
  at: Date,
): void {
  const job = { id: createId('job'), kind, state: 'queued', workspaceId, modelId, attempts: 0 } as const;
  insertRow(orm, jobs, { ...job, runAfter: at, createdAt: at });
}
