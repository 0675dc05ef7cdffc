import type { Workspace } from '@lorebox/contract/workspace';
import { withoutUndefined } from '../without-undefined.ts';

/** Names what was changed; of the values, those that decide where texts go. */
export function workspaceAuditFields({ id, name }: Pick<Workspace, 'id' | 'name'>, change: Partial<Workspace> = {}) {
  const { model, embedder, reranker, localOnly, lockModel } = change;
  const chosen = withoutUndefined({ model, embedder, reranker, localOnly, lockModel });
  const changed = Object.keys(withoutUndefined(change)).join(' ');
  const details = { name, ...(changed && { changed }), ...chosen };
  return { target: `workspace:${id}`, workspaceId: id, details };
}
