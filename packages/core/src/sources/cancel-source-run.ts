import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { SyncSource } from '@lorebox/contract/source';
import type { Core } from '../core.ts';
import { findSource, readSource } from './find-source.ts';

export async function cancelSourceRun(core: Core, actor: Actor, sourceId: string): Promise<SyncSource> {
  await findSource(core, actor, sourceId, 'sources:write');
  if (!(await core.stores.sources.cancel(sourceId, new Date(core.clock.now())))) {
    throw new AppError('CONFLICT', 'No sync run to cancel.');
  }
  core.signals.sources.abort(sourceId);
  return readSource(core, sourceId);
}
