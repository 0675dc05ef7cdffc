import type { Actor } from '@lorebox/contract/actor';
import type { MemberRole } from '@lorebox/contract/workspace';
import { requireAllScopes } from '../access/require-scope.ts';
import { MEMBER_ROLE_SCOPES } from '../access/role-scopes.ts';
import type { Core } from '../core.ts';

export async function requireMayChangeMember(
  core: Core,
  actor: Actor,
  workspaceId: string,
  userId: string,
): Promise<void> {
  const role = await core.stores.workspaces.memberRole(workspaceId, userId);
  if (role !== null) requireMayGiveRole(actor, role);
}

/** A member who gets here owns the workspace, and so has every role in it. */
export function requireMayGiveRole(actor: Actor, role: MemberRole): void {
  if (actor.kind === 'user' && actor.role === 'member') return;
  requireAllScopes(actor, MEMBER_ROLE_SCOPES[role], `The workspace role "${role}"`);
}
