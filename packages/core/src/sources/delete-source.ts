import type { Actor } from '@lorebox/contract/actor';
import type { DeleteSourceInput } from '@lorebox/contract/source';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { findSource } from './find-source.ts';
import { sourceAuditFields } from './source-audit.ts';

export async function deleteSource(core: Core, actor: Actor, input: DeleteSourceInput): Promise<void> {
  const source = await findSource(core, actor, input.sourceId, 'sources:write');
  const entry = entryOf(core, actor, 'source.deleted', sourceAuditFields(source));
  const at = new Date(core.clock.now());
  await core.stores.audit.with(entry, () => core.stores.sources.remove(input.sourceId, input.keepDocuments, at));
  core.signals.sources.abort(input.sourceId);
  core.signals.sources.wake();
}
