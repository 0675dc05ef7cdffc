import type { Actor } from '@lorebox/contract/actor';
import type { AuditEntry, ListAuditInput } from '@lorebox/contract/audit';
import type { Page } from '@lorebox/contract/page';
import { requireScope, requireUnbound } from '../access/require-scope.ts';
import type { Core } from '../core.ts';

export async function listAudit(core: Core, actor: Actor, input: ListAuditInput): Promise<Page<AuditEntry>> {
  requireScope(actor, 'audit:read');
  requireUnbound(actor);
  return core.stores.audit.list(input);
}
