import type { Actor } from '@lorebox/contract/actor';
import type { PullProgress } from '@lorebox/contract/model';
import { requireScope, requireUnbound } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { requireAllowed } from './require-allowed.ts';

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
