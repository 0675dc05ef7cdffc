import type { Actor } from '@lorebox/contract/actor';
import type { AuditExport, ExportAuditInput } from '@lorebox/contract/audit';
import { requireScope, requireUnbound } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { entryOf } from './audit-entry.ts';

const MAX_EXPORTED = 10_000;

/** Entries as newline-delimited JSON. The export itself is an entry. */
export async function exportAudit(core: Core, actor: Actor, input: ExportAuditInput): Promise<AuditExport> {
  requireScope(actor, 'audit:read');
  requireUnbound(actor);
  const entries = await core.stores.audit.after(input, MAX_EXPORTED);
  await core.stores.audit.record(entryOf(core, actor, 'audit.exported', { details: { entries: entries.length } }));
  const day = new Date(core.clock.now()).toISOString().slice(0, 10);
  const text = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
  const lastId = entries.at(-1)?.id ?? null;
  return { filename: `audit-${day}.ndjson`, text, lastId, isComplete: entries.length < MAX_EXPORTED };
}
