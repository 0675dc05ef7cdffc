import { z } from 'zod';
import { Id } from './ids.ts';
import { PageInput } from './page.ts';
import { WorkspaceRef } from './workspace.ts';

/** Work that outlives a request and a restart. A job that is done, failed or cancelled is gone; its document tells how it ended. */
export const Job = z
  .object({
    id: Id,
    kind: z.enum(['ingest', 'reembed', 'reindex', 'purge-document', 'purge-workspace', 'purge-vectors']),
    state: z.enum(['queued', 'running']),
    workspaceId: Id,
    documentId: Id.nullable(),
    attempts: z.number().int().describe('Tries that have failed.'),
    message: z.string().nullable().describe('Why the last try failed; null when none did.'),
    runAfter: z.date().describe('Not before: later than now for a job that failed and is tried again.'),
    createdAt: z.date(),
  })
  .meta({ id: 'Job' });
export type Job = z.infer<typeof Job>;

export const ListJobsInput = z.object({
  workspace: WorkspaceRef.shape.workspace.optional().describe('Only of this workspace (id or slug).'),
  state: Job.shape.state.optional(),
  kind: Job.shape.kind.optional(),
  ...PageInput.shape,
});
export type ListJobsInput = z.infer<typeof ListJobsInput>;
