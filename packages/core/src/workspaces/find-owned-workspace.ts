import type { Actor } from '@lorebox/contract/actor';
import type { Workspace } from '@lorebox/contract/workspace';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

/** Changing a workspace takes the scope, or being its owner. */
export async function findOwnedWorkspace(core: Core, actor: Actor, ref: string): Promise<Workspace> {
  const workspace = await findWorkspace(core, actor, ref, 'owner');
  const isMember = actor.kind === 'user' && actor.role === 'member';
  if (!isMember) requireScope(actor, 'workspaces:write');
  return workspace;
}
