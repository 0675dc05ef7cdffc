import type { Actor, Scope } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import { requireAllScopes } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { currentSettings } from '../settings/current-settings.ts';

export interface KeyRights {
  scopes: readonly Scope[];
  workspaceId: string | null;
  expiresAt: Date | null;
  requestsPerMinute: number | null;
}

/**
 * Requires that a key has no more rights than the actor, and doesn't outlive it.
 * @throws AppError FORBIDDEN that names what exceeds the rights of the actor.
 */
export async function requireWithinOwn(core: Core, actor: Actor, key: KeyRights): Promise<void> {
  requireAllScopes(actor, key.scopes, 'This key');
  if (actor.kind !== 'apiKey') return;
  const own = await core.stores.apiKeys.get(actor.keyId);
  if (!own) throw new AppError('UNAUTHENTICATED');
  const fallback = (await currentSettings(core)).requestsPerMinutePerKey || null;
  const excess = findExcess({ ...own, requestsPerMinute: own.requestsPerMinute ?? fallback }, key, fallback);
  if (excess !== null) throw new AppError('FORBIDDEN', excess);
}

/** Describes how `key` exceeds `own` apart from scopes; null if it doesn't. `fallback` is the default rate limit. */
export function findExcess(
  own: Omit<KeyRights, 'scopes'>,
  key: Omit<KeyRights, 'scopes'>,
  fallback: number | null,
): string | null {
  if (own.workspaceId !== null && key.workspaceId !== own.workspaceId)
    return 'Your key is bound to one workspace, so the new key must be bound to the same one.';
  if (own.expiresAt !== null && (key.expiresAt === null || key.expiresAt > own.expiresAt))
    return `Your key expires at ${own.expiresAt.toISOString()}; the new key must not expire later.`;
  const limit = key.requestsPerMinute ?? fallback;
  if (own.requestsPerMinute !== null && (limit === null || limit > own.requestsPerMinute))
    return `Your key is limited to ${own.requestsPerMinute} requests per minute; the limit of the new key must not be higher.`;
  return null;
}
