import type { Actor } from '@lorebox/contract/actor';
import type { RunSourceInput, SyncSource } from '@lorebox/contract/source';
import type { Core } from '../core.ts';
import { requireAllowed } from '../models/require-allowed.ts';
import { findSource, readSource } from './find-source.ts';

export async function runSource(core: Core, actor: Actor, input: RunSourceInput): Promise<SyncSource> {
  const { connector } = await findSource(core, actor, input.sourceId, 'sources:write');
  await requireAllowed(core, 'connector', connector);
  await core.stores.sources.queue(input.sourceId, new Date(core.clock.now()), input.full);
  if (input.full) core.signals.sources.abort(input.sourceId);
  const queued = await readSource(core, input.sourceId);
  core.signals.sources.wake();
  return queued;
}
