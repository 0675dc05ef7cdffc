import type { Actor } from '@lorebox/contract/actor';
import type { Job } from '@lorebox/contract/job';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { findJob } from './find-job.ts';

export async function getJob(core: Core, actor: Actor, jobId: string): Promise<Job> {
  requireScope(actor, 'documents:read');
  return findJob(core, actor, jobId);
}
