import type { Workspace } from '@lorebox/contract/workspace';
import { withoutUndefined } from '../without-undefined.ts';

/** Names of the changed settings. Values are recorded only for those that decide where texts are sent. */
export function workspaceAuditFields({ id, name }: Pick<Workspace, 'id' | 'name'>, change: Partial<Workspace> = {}) {
  const { model, embedder, reranker, localOnly, lockModel } = change;
  const chosen = withoutUndefined({ model, embedder, reranker, localOnly, lockModel });
  const changed = Object.keys(withoutUndefined(change)).join(' ');
  const details = { name, ...(changed && { changed }), ...chosen };
  return { target: `workspace:${id}`, workspaceId: id, details };
}
