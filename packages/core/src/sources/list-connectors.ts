import type { Actor } from '@lorebox/contract/actor';
import type { ConnectorInfo } from '@lorebox/contract/source';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { describeConnector } from './source-config.ts';

export async function listConnectors(core: Core, actor: Actor): Promise<ConnectorInfo[]> {
  requireScope(actor, 'sources:read');
  return (await core.connectors.registry.list()).map(describeConnector);
}
