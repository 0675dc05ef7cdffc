import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { Connector } from '@lorebox/ports/connector';
import { roleOf } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

export async function findConnector(core: Core, id: string): Promise<Connector> {
  const connector = await core.connectors.registry.find(id);
  if (connector) return connector;
  const known = (await core.connectors.registry.list()).map((one) => one.id).join(', ');
  throw new AppError('BAD_REQUEST', `Connector "${id}" not found. Available connectors: ${known}.`);
}

/** Folders of the server are everybody's: for those who may see every workspace. */
export function requireReach(actor: Actor, { reads, id }: Connector): void {
  if (reads === 'network') return;
  const isUnbound = actor.kind !== 'apiKey' || actor.workspaceId === null;
  if (roleOf(actor) === 'admin' && isUnbound) return;
  throw new AppError('FORBIDDEN', `Only admins can use the connector "${id}", because it reads folders on the server.`);
}
