import type { Actor } from '@lorebox/contract/actor';
import type { ListEventsInput, LoreboxEvent } from '@lorebox/contract/event';
import type { Page } from '@lorebox/contract/page';
import { requireScope } from '../access/require-scope.ts';
import { resolveScope } from '../access/resolve-scope.ts';
import type { Core } from '../core.ts';

export async function listEvents(core: Core, actor: Actor, input: ListEventsInput): Promise<Page<LoreboxEvent>> {
  requireScope(actor, 'events:read');
  const { workspace, ...query } = input;
  return core.stores.events.list({ ...query, workspaceId: await resolveScope(core, actor, workspace) });
}
