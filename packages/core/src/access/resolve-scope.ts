import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { Core } from '../core.ts';
import { findWorkspace, visibilityOf } from './find-workspace.ts';

/**
 * For lists across workspaces: the id of the requested workspace, or the only one the actor can see. Null for all.
 * @throws AppError FORBIDDEN for members, who have to specify one, and NOT_FOUND for one they can't see.
 */
export async function resolveScope(core: Core, actor: Actor, workspace: string | undefined): Promise<string | null> {
  const visible = visibilityOf(actor);
  const named = workspace ?? (visible.memberId === null ? undefined : (visible.workspaceId ?? undefined));
  if (named !== undefined) return (await findWorkspace(core, actor, named, 'viewer')).id;
  if (visible.memberId !== null) throw new AppError('FORBIDDEN', 'Specify the workspace.');
  return visible.workspaceId;
}
