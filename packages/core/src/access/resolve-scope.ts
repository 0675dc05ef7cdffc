import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { Core } from '../core.ts';
import { findWorkspace, visibilityOf } from './find-workspace.ts';

/**
 * For lists that go over workspaces: the id of the one that is asked for, or the only one that the actor may see; null for
 * all. @throws AppError FORBIDDEN for members, who have to name one, and NOT_FOUND for one that they may not see.
 */
export async function resolveScope(core: Core, actor: Actor, workspace: string | undefined): Promise<string | null> {
  const visible = visibilityOf(actor);
  const named = workspace ?? (visible.memberId === null ? undefined : (visible.workspaceId ?? undefined));
  if (named !== undefined) return (await findWorkspace(core, actor, named, 'viewer')).id;
  if (visible.memberId !== null) throw new AppError('FORBIDDEN', 'Specify the workspace.');
  return visible.workspaceId;
}
