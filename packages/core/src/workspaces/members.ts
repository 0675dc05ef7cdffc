import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { Page, PageInput } from '@lorebox/contract/page';
import type { Member, MemberRole, SetMemberInput } from '@lorebox/contract/workspace';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireAllScopes, requireScope } from '../access/require-scope.ts';
import { MEMBER_ROLE_SCOPES } from '../access/role-scopes.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { ownWorkspace } from './workspaces.ts';

export async function listMembers(core: Core, actor: Actor, ref: string, page: PageInput): Promise<Page<Member>> {
  requireScope(actor, 'workspaces:read');
  const workspace = await findWorkspace(core, actor, ref, 'viewer');
  return core.stores.workspaces.listMembers(workspace.id, page);
}

export async function getMember(core: Core, actor: Actor, ref: string, userId: string): Promise<Member> {
  requireScope(actor, 'workspaces:read');
  const workspace = await findWorkspace(core, actor, ref, 'viewer');
  const member = await core.stores.workspaces.getMember(workspace.id, userId);
  if (!member) throw new AppError('NOT_FOUND');
  return member;
}

export async function setMember(core: Core, actor: Actor, input: SetMemberInput): Promise<Member> {
  requireScope(actor, 'workspaces:read');
  const workspace = await ownWorkspace(core, actor, input.workspace);
  await requireMayChange(core, actor, workspace.id, input.userId);
  requireMayGive(actor, input.role);
  const { userId, role } = input;
  const about = { target: `user:${userId}`, workspaceId: workspace.id, details: { role } };
  const at = new Date(core.clock.now());
  const write = () => core.stores.workspaces.setMember(workspace.id, userId, role, at);
  await core.stores.audit.with(entryOf(core, actor, 'member.set', about), write);
  const member = await core.stores.workspaces.getMember(workspace.id, userId);
  if (!member) throw new AppError('NOT_FOUND');
  return member;
}

export async function removeMember(core: Core, actor: Actor, ref: string, userId: string): Promise<void> {
  requireScope(actor, 'workspaces:read');
  const workspace = await ownWorkspace(core, actor, ref);
  await requireMayChange(core, actor, workspace.id, userId);
  const about = { target: `user:${userId}`, workspaceId: workspace.id };
  const write = () => core.stores.workspaces.removeMember(workspace.id, userId);
  await core.stores.audit.with(entryOf(core, actor, 'member.removed', about), write);
}

async function requireMayChange(core: Core, actor: Actor, workspaceId: string, userId: string): Promise<void> {
  const role = await core.stores.workspaces.memberRole(workspaceId, userId);
  if (role !== null) requireMayGive(actor, role);
}

/** A member who gets here owns the workspace, and so has every role in it. */
function requireMayGive(actor: Actor, role: MemberRole): void {
  if (actor.kind === 'user' && actor.role === 'member') return;
  requireAllScopes(actor, MEMBER_ROLE_SCOPES[role], `The workspace role "${role}"`);
}
