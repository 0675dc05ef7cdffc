import type { Actor } from '@lorebox/contract/actor';
import { hidePlaces } from '@lorebox/contract/hide-places';
import type { ModelList } from '@lorebox/contract/model';
import { isAdmin, requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

export async function listModels(core: Core, actor: Actor): Promise<ModelList> {
  requireScope(actor, 'models:read');
  const list = await core.models.chat.list();
  if (isAdmin(actor)) return list;
  return { ...list, providers: list.providers.map((one) => ({ ...one, message: hidePlaces(one.message) })) };
}
