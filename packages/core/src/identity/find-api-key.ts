import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { ListedApiKey } from '@lorebox/ports/identity-stores';
import { isAdmin, requireScope, requireUnbound, userIdOf } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { requireWithinOwn } from './require-within-own.ts';

export async function findWritableKey(core: Core, actor: Actor, keyId: string): Promise<ListedApiKey> {
  requireScope(actor, 'keys:write');
  const key = await findApiKey(core, actor, keyId);
  await requireWithinOwn(core, actor, key);
  return key;
}

/** Those of the same owner; admins see all. */
export async function findApiKey(core: Core, actor: Actor, keyId: string): Promise<ListedApiKey> {
  requireUnbound(actor);
  const key = await core.stores.apiKeys.get(keyId);
  if (!key || !(isAdmin(actor) || key.ownerId === userIdOf(actor))) throw new AppError('NOT_FOUND');
  return key;
}
