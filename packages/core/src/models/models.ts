import type { Actor } from '@lorebox/contract/actor';
import { hidePlaces } from '@lorebox/contract/hide-places';
import type { ModelList, PullProgress } from '@lorebox/contract/model';
import { isAdmin, requireScope, requireUnbound } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { requireAllowed } from './allowed.ts';

export async function listModels(core: Core, actor: Actor): Promise<ModelList> {
  requireScope(actor, 'models:read');
  const list = await core.models.chat.list();
  if (isAdmin(actor)) return list;
  return { ...list, providers: list.providers.map((one) => ({ ...one, message: hidePlaces(one.message) })) };
}

export async function* pullModel(
  core: Core,
  actor: Actor,
  id: string,
  signal?: AbortSignal,
): AsyncGenerator<PullProgress> {
  requireScope(actor, 'models:write');
  requireUnbound(actor);
  await requireAllowed(core, 'model', core.models.chat.fullId(id));
  await core.stores.audit.record(entryOf(core, actor, 'model.pulled', { details: { model: id } }));
  yield* core.models.chat.pull(id, signal);
}
