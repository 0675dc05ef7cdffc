import { AuditEntry, AuditExport, ExportAuditInput, ListAuditInput } from '@lorebox/contract/audit';
import { pageOf } from '@lorebox/contract/page';
import { exportAudit, listAudit } from '@lorebox/core/audit/audit';
import { procedure, router } from '../trpc.ts';

const about = { tags: ['audit'], scopes: ['audit:read'] };

export const auditRouter = router({
  list: procedure
    .meta({
      openapi: {
        ...about,
        method: 'GET',
        path: '/audit',
        summary: 'List security events, newest first',
        description: 'Logins, keys, roles, settings, sources, webhooks, downloads, deletions and refusals, for admins.',
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
        summary: 'Download security events as newline-delimited JSON',
        description: 'At most 10,000, oldest first. `after` with the id of the last line goes on.',
        download: ['application/x-ndjson'],
      },
    })
    .input(ExportAuditInput)
    .output(AuditExport)
    .query(({ ctx, input }) => exportAudit(ctx.core, ctx.actor, input)),
});
