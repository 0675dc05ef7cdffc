import { AuditEntry, AuditExport, ExportAuditInput, ListAuditInput } from '@lorebox/contract/audit';
import { pageOf } from '@lorebox/contract/page';
import { exportAudit } from '@lorebox/core/audit/export-audit';
import { listAudit } from '@lorebox/core/audit/list-audit';
import { procedure, router } from '../trpc.ts';

const about = { tags: ['audit'], scopes: ['audit:read'] };

export const auditRouter = router({
  list: procedure
    .meta({
      openapi: {
        ...about,
        method: 'GET',
        path: '/audit',
        summary: 'List audit log entries, newest first',
        description:
          'Security events: logins, keys, roles, settings, sources, webhooks, downloads, deletions and denied requests. Admins only.',
      },
    })
    .input(ListAuditInput)
    .output(pageOf(AuditEntry))
    .query(({ ctx, input }) => listAudit(ctx.core, ctx.actor, input)),
  export: procedure
    .meta({
      openapi: {
        ...about,
        method: 'GET',
        path: '/audit/export',
        summary: 'Export the audit log',
        description:
          'Newline-delimited JSON, oldest first, at most 10,000 entries. To continue, pass the id of the last entry as `after`.',
        download: ['application/x-ndjson'],
      },
    })
    .input(ExportAuditInput)
    .output(AuditExport)
    .query(({ ctx, input }) => exportAudit(ctx.core, ctx.actor, input)),
});
