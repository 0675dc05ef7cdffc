import type { Actor } from '@lorebox/contract/actor';
import type { Page } from '@lorebox/contract/page';
import type { ListSourcesInput, SyncSource } from '@lorebox/contract/source';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

export async function listSources(core: Core, actor: Actor, input: ListSourcesInput): Promise<Page<SyncSource>> {
  requireScope(actor, 'sources:read');
  const { workspace: ref, ...page } = input;
  const workspace = await findWorkspace(core, actor, ref, 'editor');
  return core.stores.sources.list({ ...page, workspaceId: workspace.id });
}
