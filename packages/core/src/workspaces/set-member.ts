import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { Member, SetMemberInput } from '@lorebox/contract/workspace';
import { requireScope } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { findOwnedWorkspace } from './find-owned-workspace.ts';
import { requireMayChangeMember, requireMayGiveRole } from './require-may-give-role.ts';

export async function setMember(core: Core, actor: Actor, input: SetMemberInput): Promise<Member> {
  requireScope(actor, 'workspaces:read');
  const workspace = await findOwnedWorkspace(core, actor, input.workspace);
  await requireMayChangeMember(core, actor, workspace.id, input.userId);
  requireMayGiveRole(actor, input.role);
  const { userId, role } = input;
  const about = { target: `user:${userId}`, workspaceId: workspace.id, details: { role } };
  const at = new Date(core.clock.now());
  const write = () => core.stores.workspaces.setMember(workspace.id, userId, role, at);
  await core.stores.audit.with(entryOf(core, actor, 'member.set', about), write);
  const member = await core.stores.workspaces.getMember(workspace.id, userId);
  if (!member) throw new AppError('NOT_FOUND');
  return member;
}
