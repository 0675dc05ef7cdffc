import type { AuditAction, AuditEntry } from '@lorebox/contract/audit';
import { index, integer, sqliteTable, text } from '../../drizzle.ts';

/** Has no foreign keys, so that entries outlive what they describe. Ids increase with time. */
export const auditLog = sqliteTable(
  'audit_log',
  {
    id: text().primaryKey(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    action: text().$type<AuditAction>().notNull(),
    actor: text().notNull(),
    target: text(),
    workspaceId: text('workspace_id'),
    address: text(),
    requestId: text('request_id'),
    details: text({ mode: 'json' }).$type<AuditEntry['details']>().notNull(),
  },
  (table) => [
    index('audit_log_at').on(table.at),
    index('audit_log_actor').on(table.actor, table.id),
    index('audit_log_target').on(table.target, table.id),
    index('audit_log_action').on(table.action, table.id),
  ],
);
