import type { Actor } from '@lorebox/contract/actor';
import type { ApiKey } from '@lorebox/contract/api-key';
import type { Page, PageInput } from '@lorebox/contract/page';
import { isAdmin, requireScope, requireUnbound, userIdOf } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { toApiKey } from './to-api-key.ts';

export async function listApiKeys(core: Core, actor: Actor, page: PageInput): Promise<Page<ApiKey>> {
  requireScope(actor, 'keys:read');
  requireUnbound(actor);
  const owner = isAdmin(actor) ? null : { ownerId: userIdOf(actor) };
  const { items, nextCursor } = await core.stores.apiKeys.list(owner, page);
  return { items: items.map(toApiKey), nextCursor };
}
