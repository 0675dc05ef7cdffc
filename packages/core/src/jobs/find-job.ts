import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { Job } from '@lorebox/contract/job';
import { findWorkspace, visibilityOf } from '../access/find-workspace.ts';
import type { Core } from '../core.ts';

export async function findJob(core: Core, actor: Actor, jobId: string): Promise<Job> {
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
