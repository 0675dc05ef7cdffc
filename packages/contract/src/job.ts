import { z } from 'zod';
import { Id } from './ids.ts';
import { PageInput } from './page.ts';
import { WorkspaceRef } from './workspace.ts';

/**
 * Work that outlives a request and a restart. Jobs are removed once they are done, failed or cancelled; the document
 * has the result.
 */
export const Job = z
  .object({
    id: Id,
    kind: z.enum(['ingest', 'reembed', 'reindex', 'purge-document', 'purge-workspace', 'purge-vectors']),
    state: z.enum(['queued', 'running']),
    workspaceId: Id,
    documentId: Id.nullable(),
    attempts: z.number().int().describe('Failed attempts.'),
    message: z.string().nullable().describe('Error of the last attempt. Null if none failed.'),
    runAfter: z
      .date()
      .describe('Earliest time of the next attempt. In the future for a failed job that will be retried.'),
    createdAt: z.date(),
  })
  .meta({ id: 'Job' });
export type Job = z.infer<typeof Job>;

export const ListJobsInput = z.object({
  workspace: WorkspaceRef.shape.workspace.optional().describe('Only jobs of this workspace (id or slug).'),
  state: Job.shape.state.optional(),
  kind: Job.shape.kind.optional(),
  ...PageInput.shape,
});
export type ListJobsInput = z.infer<typeof ListJobsInput>;
