import type { Actor } from '@lorebox/contract/actor';
import type { Page, PageInput } from '@lorebox/contract/page';
import type { Member } from '@lorebox/contract/workspace';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

export async function listMembers(core: Core, actor: Actor, ref: string, page: PageInput): Promise<Page<Member>> {
  requireScope(actor, 'workspaces:read');
  const workspace = await findWorkspace(core, actor, ref, 'viewer');
  return core.stores.workspaces.listMembers(workspace.id, page);
}
