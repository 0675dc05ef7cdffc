import type { Actor } from '@lorebox/contract/actor';
import type { SyncSource } from '@lorebox/contract/source';
import type { Core } from '../core.ts';
import { findSource } from './find-source.ts';

export async function getSource(core: Core, actor: Actor, sourceId: string): Promise<SyncSource> {
  return findSource(core, actor, sourceId, 'sources:read');
}
