import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { StoredWebhook } from '@lorebox/ports/event-stores';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

/** The workspace that the actor is bound to; null for those that may see all. Members have no webhooks. */
export function boundWorkspaceId(actor: Actor, scope: 'webhooks:read' | 'webhooks:write'): string | null {
  requireScope(actor, scope);
  return actor.kind === 'apiKey' ? actor.workspaceId : null;
}

export async function findWebhook(
  core: Core,
  actor: Actor,
  id: string,
  scope: 'webhooks:read' | 'webhooks:write',
): Promise<StoredWebhook> {
  const bound = boundWorkspaceId(actor, scope);
  const webhook = await core.stores.webhooks.get(id);
  if (!webhook || (bound !== null && webhook.workspaceId !== bound)) throw new AppError('NOT_FOUND');
  return webhook;
}
