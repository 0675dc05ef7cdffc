import type { Actor } from '@lorebox/contract/actor';
import type { Page, PageInput } from '@lorebox/contract/page';
import type { Member, SetMemberInput } from '@lorebox/contract/workspace';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { ownWorkspace } from './workspaces.ts';

export async function listMembers(core: Core, actor: Actor, ref: string, page: PageInput): Promise<Page<Member>> {
  requireScope(actor, 'workspaces:read');
  const workspace = await findWorkspace(core, actor, ref, 'viewer');
  return core.workspaces.listMembers(workspace.id, page);
}

export async function setMember(core: Core, actor: Actor, input: SetMemberInput): Promise<void> {
  requireScope(actor, 'workspaces:read');
  const workspace = await ownWorkspace(core, actor, input.workspace);
  await core.workspaces.setMember(workspace.id, input.userId, input.role, new Date(core.clock.now()));
}

export async function removeMember(core: Core, actor: Actor, ref: string, userId: string): Promise<void> {
  requireScope(actor, 'workspaces:read');
  const workspace = await ownWorkspace(core, actor, ref);
  await core.workspaces.removeMember(workspace.id, userId);
}
