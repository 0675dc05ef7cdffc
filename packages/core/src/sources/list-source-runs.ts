import type { Actor } from '@lorebox/contract/actor';
import type { Page } from '@lorebox/contract/page';
import type { ListSourceRunsInput, SourceRun } from '@lorebox/contract/source';
import type { Core } from '../core.ts';
import { findSource } from './find-source.ts';

export async function listSourceRuns(core: Core, actor: Actor, input: ListSourceRunsInput): Promise<Page<SourceRun>> {
  await findSource(core, actor, input.sourceId, 'sources:read');
  return core.stores.sources.listRuns(input);
}
