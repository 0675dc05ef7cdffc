import type { ExportAuditInput } from '@lorebox/contract/audit';
import type { AuditLog } from '@lorebox/ports/audit-log';
import { and, asc, desc, eq, gt, gte, lt, lte, type SQL } from '../../drizzle.ts';
import { defineEntity } from '../entity.ts';
import { toPage } from '../page.ts';
import { auditCommands } from './commands.ts';
import { auditLog } from './schema.ts';

export const auditEntity = defineEntity(auditCommands, ({ orm }, writer): AuditLog => {
  return {
    with: (entry, write) => writer.withAudit(entry, write),
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
});

function matching({ action, actor, target, since, until }: Omit<ExportAuditInput, 'after'>): SQL | undefined {
  return and(
    action === undefined ? undefined : eq(auditLog.action, action),
    actor === undefined ? undefined : eq(auditLog.actor, actor),
    target === undefined ? undefined : eq(auditLog.target, target),
    since === undefined ? undefined : gte(auditLog.at, since),
    until === undefined ? undefined : lte(auditLog.at, until),
  );
}
