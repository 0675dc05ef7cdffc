import type { AuditEntry } from '@lorebox/contract/audit';
import type { Core } from '../core.ts';

export async function recordOnce(core: Core, entry: AuditEntry): Promise<void> {
  if (core.limits.auditRepeats.isNew(entry, core.clock.now())) await core.stores.audit.record(entry);
}
