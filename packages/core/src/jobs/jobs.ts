import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { Job, ListJobsInput } from '@lorebox/contract/job';
import type { Page } from '@lorebox/contract/page';
import { findWorkspace, visibilityOf } from '../access/find-workspace.ts';
import { requireScope } from '../access/require-scope.ts';
import { resolveScope } from '../access/resolve-scope.ts';
import type { Core } from '../core.ts';
import { cancelDocument } from '../documents/documents.ts';

export async function listJobs(core: Core, actor: Actor, input: ListJobsInput): Promise<Page<Job>> {
  requireScope(actor, 'documents:read');
  const { workspace, ...query } = input;
  return core.stores.jobs.list({ ...query, workspaceId: await resolveScope(core, actor, workspace) });
}

export async function getJob(core: Core, actor: Actor, jobId: string): Promise<Job> {
  requireScope(actor, 'documents:read');
  return findJob(core, actor, jobId);
}

async function findJob(core: Core, actor: Actor, jobId: string): Promise<Job> {
  const job = await core.stores.jobs.get(jobId);
  if (!job)
    throw new AppError(
      'NOT_FOUND',
      'Job not found. Finished jobs are removed; check the status of the document instead.',
    );
  const { memberId, workspaceId } = visibilityOf(actor);
  // The workspace of a job may be deleted already: those who see all see such a job as well.
  if (memberId !== null || workspaceId !== null) await findWorkspace(core, actor, job.workspaceId, 'viewer');
  return job;
}

/** Stops an ingest. What clears up after a deletion can't be stopped. */
export async function cancelJob(core: Core, actor: Actor, jobId: string): Promise<Job> {
  requireScope(actor, 'documents:write');
  const job = await findJob(core, actor, jobId);
  if (job.kind !== 'ingest' || job.documentId === null) {
    throw new AppError('CONFLICT', 'Only ingest jobs can be cancelled.');
  }
  await cancelDocument(core, actor, job.documentId);
  return job;
}
