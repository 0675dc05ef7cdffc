import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { MemberRole, Workspace } from '@lorebox/contract/workspace';
import type { Visibility } from '@lorebox/ports/workspace-stores';
import type { Core } from '../core.ts';

export function visibilityOf(actor: Actor): Visibility {
  if (actor.kind === 'apiKey') {
    return actor.workspaceId === null ? { kind: 'all' } : { kind: 'one', workspaceId: actor.workspaceId };
  }
  if (actor.kind === 'user' && actor.role === 'member') return { kind: 'member', userId: actor.userId };
  return { kind: 'all' };
}

const RANK: Record<MemberRole, number> = { viewer: 0, editor: 1, owner: 2 };

/**
 * The workspace by id or slug if the actor may see it, else NOT_FOUND; FORBIDDEN when they see it but their role in it
 * is too low. Admins, managers and keys are bound by their scopes alone.
 */
export async function findWorkspace(core: Core, actor: Actor, ref: string, needed: MemberRole): Promise<Workspace> {
  const workspace = await core.workspaces.find(ref, visibilityOf(actor));
  if (!workspace) throw new AppError('NOT_FOUND', 'There is no such workspace, or you may not see it.');
  if (needed !== 'viewer' && actor.kind === 'user' && actor.role === 'member') {
    const role = await core.workspaces.memberRole(workspace.id, actor.userId);
    if (!role || RANK[role] < RANK[needed]) throw new AppError('FORBIDDEN', `This needs the role "${needed}" here.`);
  }
  return workspace;
}
