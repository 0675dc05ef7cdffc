import type { AuditEntry, ExportAuditInput } from '@lorebox/contract/audit';
import type { AuditLog } from '@lorebox/ports/audit-log';
import { and, asc, desc, eq, gt, gte, lt, lte, type SQL } from '../../drizzle.ts';
import type { Connection } from '../connection.ts';
import { toPage } from '../page.ts';
import type { Writer } from '../writer/writer.ts';
import { auditLog } from './schema.ts';

/** The log, and the writer that the stores have to use so that entries can travel with their commands. */
export function createAuditLog({ orm }: Connection, writer: Writer): { audit: AuditLog; audited: Writer } {
  let pending: AuditEntry | null = null;
  const audited: Writer = {
    run(name, input) {
      const entry = pending;
      pending = null;
      return writer.run(name, input, entry ?? undefined);
    },
  };
  const audit: AuditLog = {
    with(entry, write) {
      pending = entry;
      try {
        const written = write();
        if (pending !== null) throw new Error(`${entry.action}: nothing was written`);
        return written;
      } finally {
        pending = null;
      }
    },
    record: (entry) => writer.run('audit.record', entry),
    async list({ cursor, limit, ...filters }) {
      const where = and(matching(filters), cursor === undefined ? undefined : lt(auditLog.id, cursor));
      const rows = orm
        .select()
        .from(auditLog)
        .where(where)
        .orderBy(desc(auditLog.id))
        .limit(limit + 1)
        .all();
      return toPage(
        rows,
        limit,
        (row) => row,
        (row) => row.id,
      );
    },
    async after({ after, ...filters }, limit) {
      const where = and(matching(filters), after === undefined ? undefined : gt(auditLog.id, after));
      return orm.select().from(auditLog).where(where).orderBy(asc(auditLog.id)).limit(limit).all();
    },
    prune: (before) => writer.run('audit.prune', before),
  };
  return { audit, audited };
}

function matching({ action, actor, target, since, until }: Omit<ExportAuditInput, 'after'>): SQL | undefined {
  return and(
    action === undefined ? undefined : eq(auditLog.action, action),
    actor === undefined ? undefined : eq(auditLog.actor, actor),
    target === undefined ? undefined : eq(auditLog.target, target),
    since === undefined ? undefined : gte(auditLog.at, since),
    until === undefined ? undefined : lte(auditLog.at, until),
  );
}
