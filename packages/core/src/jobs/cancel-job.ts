import type { Actor } from '@lorebox/contract/actor';
import { AppError } from '@lorebox/contract/errors';
import type { Job } from '@lorebox/contract/job';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { cancelDocument } from '../documents/cancel-document.ts';
import { findJob } from './find-job.ts';

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
