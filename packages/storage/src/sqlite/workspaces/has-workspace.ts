import { prepareOnce } from '../statements.ts';
import type { WriteContext } from '../writer/context.ts';

/** Returns false after the workspace was removed, even during its purge. */
export function hasWorkspace({ raw }: WriteContext, id: string): boolean {
  return prepareOnce(raw, 'select 1 from workspaces where id = ? and removed_at is null').get(id) !== undefined;
}
