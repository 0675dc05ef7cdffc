import type { Actor } from '@lorebox/contract/actor';
import type { Workspace } from '@lorebox/contract/workspace';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

export async function getWorkspace(core: Core, actor: Actor, ref: string): Promise<Workspace> {
  requireScope(actor, 'workspaces:read');
  return findWorkspace(core, actor, ref, 'viewer');
}
