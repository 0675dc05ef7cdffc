import type { VectorShare } from '@lorebox/ports/vector-sync-store';
import { prepareOnce } from '../connection.ts';
import type { WriteContext } from '../writer/context.ts';

type Raw = WriteContext['raw'];

const NOTE = 'insert into vector_changes (workspace_id, embedding_key, chunk_key) values (?, ?, ?)';

export const vectorSyncCommands = {
  'vectors.use'({ raw }: WriteContext, target: string | null) {
    const before = prepareOnce(raw, 'select target from vector_backend').pluck().get();
    if ((before ?? null) === target) return;
    raw.exec('delete from vector_backend; delete from vector_syncs; delete from vector_changes');
    if (target !== null) prepareOnce(raw, 'insert into vector_backend (id, target) values (1, ?)').run(target);
  },
  'vectors.advance'({ raw }: WriteContext, input: { share: VectorShare; key: number }) {
    const { workspaceId, embeddingKey, syncedKey } = input.share;
    if (activeKey(raw, workspaceId) !== embeddingKey) return;
    if (syncedKey === null) {
      const start = 'insert or ignore into vector_syncs (workspace_id, embedding_key, synced_key) values (?, ?, ?)';
      prepareOnce(raw, start).run(workspaceId, embeddingKey, input.key);
    } else {
      const move =
        'update vector_syncs set synced_key = ? where workspace_id = ? and embedding_key = ? and synced_key = ?';
      prepareOnce(raw, move).run(input.key, workspaceId, embeddingKey, syncedKey);
    }
  },
  'vectors.restart'({ raw }: WriteContext, { workspaceId, embeddingKey }: VectorShare) {
    const forget = 'delete from vector_syncs where workspace_id = ? and embedding_key = ?';
    prepareOnce(raw, forget).run(workspaceId, embeddingKey);
  },
  'vectors.confirmChanges'({ raw }: WriteContext, lastId: number) {
    prepareOnce(raw, 'delete from vector_changes where id <= ?').run(lastId);
  },
};

/** Call it in the transaction that deletes them. */
export function noteRemovedChunks(raw: Raw, workspaceId: string, keys: readonly number[]): void {
  const embeddingKey = hasBackend(raw) && !isRemoved(raw, workspaceId) ? activeKey(raw, workspaceId) : null;
  if (embeddingKey === null) return;
  for (const key of keys) prepareOnce(raw, NOTE).run(workspaceId, embeddingKey, key);
}

/** Its searches use these vectors no longer: the workspace is going, or gets another embedder. Call it before that. */
export function noteRemovedWorkspace(raw: Raw, workspaceId: string): void {
  const embeddingKey = hasBackend(raw) ? activeKey(raw, workspaceId) : null;
  if (embeddingKey === null) return;
  prepareOnce(raw, 'delete from vector_syncs where workspace_id = ?').run(workspaceId);
  // What was noted for single chunks is done by this as well.
  prepareOnce(raw, 'delete from vector_changes where workspace_id = ?').run(workspaceId);
  prepareOnce(raw, NOTE).run(workspaceId, embeddingKey, null);
}

function hasBackend(raw: Raw): boolean {
  return prepareOnce(raw, 'select 1 from vector_backend').get() !== undefined;
}

/** All of it goes in the end, as one change. */
function isRemoved(raw: Raw, workspaceId: string): boolean {
  const sql = 'select 1 from workspaces where id = ? and removed_at is not null';
  return prepareOnce(raw, sql).get(workspaceId) !== undefined;
}

function activeKey(raw: Raw, workspaceId: string): number | null {
  const key = prepareOnce(raw, 'select embedding_key from workspaces where id = ?').pluck().get(workspaceId);
  return typeof key === 'number' ? key : null;
}
