import { prepareOnce, prepareValue } from '../statements.ts';
import type { WriteContext } from '../writer/context.ts';

/**
 * Returns whether current searches of the workspace, or those after a running embedder change, use vectors of this
 * embedder. The first chunk of a workspace decides.
 */
export function admitsVectors({ raw }: WriteContext, workspaceId: string, embeddingKey: number): boolean {
  const sql = 'select embedding_key from workspaces where id = ?';
  const active = prepareValue<[string], number | null>(raw, sql).get(workspaceId);
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

/** Undefined until the workspace has its first chunk. */
export function activeModel({ raw }: WriteContext, workspaceId: string): string | undefined {
  const sql = 'select e.model_id from workspaces w join embeddings e on e.key = w.embedding_key where w.id = ?';
  return prepareValue<[string], string>(raw, sql).get(workspaceId);
}
