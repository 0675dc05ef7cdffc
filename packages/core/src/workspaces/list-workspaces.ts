import type { Actor } from '@lorebox/contract/actor';
import type { Page, PageInput } from '@lorebox/contract/page';
import type { Workspace } from '@lorebox/contract/workspace';
import { visibilityOf } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

export async function listWorkspaces(core: Core, actor: Actor, page: PageInput): Promise<Page<Workspace>> {
  requireScope(actor, 'workspaces:read');
  return core.stores.workspaces.list(visibilityOf(actor), page);
}
