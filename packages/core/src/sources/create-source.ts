import type { Actor } from '@lorebox/contract/actor';
import { createId } from '@lorebox/contract/create-id';
import type { CreateSourceInput, SyncSource } from '@lorebox/contract/source';
import type { StoredSource } from '@lorebox/ports/source-stores';
import { findWorkspace } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { requireAllowed } from '../models/require-allowed.ts';
import { checkSource } from './check-source.ts';
import { findConnector, requireReach } from './find-connector.ts';
import { readSource } from './find-source.ts';
import { sourceAuditFields } from './source-audit.ts';
import { sealConfig } from './source-config.ts';

/** The first sync run starts immediately. */
export async function createSource(core: Core, actor: Actor, input: CreateSourceInput): Promise<SyncSource> {
  requireScope(actor, 'sources:write');
  const workspace = await findWorkspace(core, actor, input.workspace, 'owner');
  const connector = await findConnector(core, input.connector);
  requireReach(actor, connector);
  await requireAllowed(core, 'connector', connector.id);
  const at = new Date(core.clock.now());
  const source: StoredSource = {
    id: createId('src'),
    workspaceId: workspace.id,
    connector: connector.id,
    name: input.name ?? connector.label,
    ...sealConfig(connector, input.config, core.security.vault),
    everyMinutes: input.everyMinutes,
    requestsPerSecond: input.requestsPerSecond,
    enabled: true,
    nextRunAt: at,
    createdAt: at,
    updatedAt: at,
  };
  if (!input.skipCheck) await checkSource(core, connector, source);
  const entry = entryOf(core, actor, 'source.created', sourceAuditFields(source));
  await core.stores.audit.with(entry, () => core.stores.sources.create(source));
  core.signals.sources.wake();
  return readSource(core, source.id);
}
