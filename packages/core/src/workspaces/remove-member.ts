import type { Actor } from '@lorebox/contract/actor';
import { requireScope } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { findOwnedWorkspace } from './find-owned-workspace.ts';
import { requireMayChangeMember } from './require-may-give-role.ts';

export async function removeMember(core: Core, actor: Actor, ref: string, userId: string): Promise<void> {
  requireScope(actor, 'workspaces:read');
  const workspace = await findOwnedWorkspace(core, actor, ref);
  await requireMayChangeMember(core, actor, workspace.id, userId);
  const about = { target: `user:${userId}`, workspaceId: workspace.id };
  const write = () => core.stores.workspaces.removeMember(workspace.id, userId);
  await core.stores.audit.with(entryOf(core, actor, 'member.removed', about), write);
}
