import { prepareOnce, prepareValue } from '../statements.ts';
import type { WriteContext } from '../writer/context.ts';

type Raw = WriteContext['raw'];

const NOTE = 'insert into vector_changes (workspace_id, embedding_key, chunk_key) values (?, ?, ?)';

/** Call it in the transaction that deletes the chunks. */
export function noteRemovedChunks(raw: Raw, workspaceId: string, keys: readonly number[]): void {
  const embeddingKey = hasBackend(raw) && !isRemoved(raw, workspaceId) ? activeKey(raw, workspaceId) : null;
  if (embeddingKey === null) return;
  for (const key of keys) prepareOnce(raw, NOTE).run(workspaceId, embeddingKey, key);
}

/**
 * Records that searches of the workspace stop using these vectors, because it is removed or gets another embedder. Call
 * it before that.
 */
export function noteRemovedWorkspace(raw: Raw, workspaceId: string): void {
  const embeddingKey = hasBackend(raw) ? activeKey(raw, workspaceId) : null;
  if (embeddingKey === null) return;
  prepareOnce(raw, 'delete from vector_syncs where workspace_id = ?').run(workspaceId);
  // This also covers changes recorded for single chunks.
  prepareOnce(raw, 'delete from vector_changes where workspace_id = ?').run(workspaceId);
  prepareOnce(raw, NOTE).run(workspaceId, embeddingKey, null);
}

function hasBackend(raw: Raw): boolean {
  return prepareOnce(raw, 'select 1 from vector_backend').get() !== undefined;
}

/** The whole workspace is removed as one change. */
function isRemoved(raw: Raw, workspaceId: string): boolean {
  const sql = 'select 1 from workspaces where id = ? and removed_at is not null';
  return prepareOnce(raw, sql).get(workspaceId) !== undefined;
}

export function activeKey(raw: Raw, workspaceId: string): number | null {
  const sql = 'select embedding_key from workspaces where id = ?';
  return prepareValue<[string], number | null>(raw, sql).get(workspaceId) ?? null;
}
