import type { Actor } from '@lorebox/contract/actor';
import type { Page } from '@lorebox/contract/page';
import type { ListWidgetsInput, Widget } from '@lorebox/contract/widget';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { findOwnedWorkspace } from '../workspaces/find-owned-workspace.ts';

export async function listWidgets(
  core: Core,
  actor: Actor,
  { workspace: ref, ...page }: ListWidgetsInput,
): Promise<Page<Widget>> {
  requireScope(actor, 'workspaces:read');
  const workspace = await findOwnedWorkspace(core, actor, ref);
  return core.stores.widgets.list(workspace.id, page);
}
