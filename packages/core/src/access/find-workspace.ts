import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { MemberRole, Workspace } from '@lorebox/contract/workspace';
import type { Visibility } from '@lorebox/ports/workspace-stores';
import type { Core } from '../core.ts';
import { roleOf, userIdOf } from './require-scope.ts';

/** Members see their own workspaces, keys the workspaces of their owner, and bound keys only their workspace. */
export function visibilityOf(actor: Actor): Visibility {
  return { memberId: memberIdOf(actor), workspaceId: boundWorkspaceOf(actor) };
}

function boundWorkspaceOf(actor: Actor): string | null {
  return actor.kind === 'apiKey' || actor.kind === 'embed' ? actor.workspaceId : null;
}

/** The user whose role in the workspace is checked. Null for actors that are limited only by their scopes. */
export function memberIdOf(actor: Actor): string | null {
  return roleOf(actor) === 'member' ? userIdOf(actor) : null;
}

const RANK: Record<MemberRole, number> = { viewer: 0, editor: 1, owner: 2 };

/**
 * Finds a workspace by id or slug. Admins, managers and their keys are limited only by their scopes.
 * @throws AppError NOT_FOUND if the actor can't see it, FORBIDDEN if their role in it is too low.
 */
export async function findWorkspace(core: Core, actor: Actor, ref: string, needed: MemberRole): Promise<Workspace> {
  const workspace = await core.stores.workspaces.find(ref, visibilityOf(actor));
  if (!workspace) throw new AppError('NOT_FOUND', "Workspace not found, or you don't have access to it.");
  if (needed !== 'viewer' && actor.kind === 'embed') throw new AppError('FORBIDDEN');
  const memberId = memberIdOf(actor);
  if (needed !== 'viewer' && memberId !== null) {
    const role = await core.stores.workspaces.memberRole(workspace.id, memberId);
    if (!role || RANK[role] < RANK[needed])
      throw new AppError('FORBIDDEN', `This requires the role "${needed}" in this workspace.`);
  }
  return workspace;
}
