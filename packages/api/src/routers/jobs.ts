import { Id } from '@lorebox/contract/ids';
import { Job, ListJobsInput } from '@lorebox/contract/job';
import { pageOf } from '@lorebox/contract/page';
import { cancelJob } from '@lorebox/core/jobs/cancel-job';
import { getJob } from '@lorebox/core/jobs/get-job';
import { listJobs } from '@lorebox/core/jobs/list-jobs';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

const tags = ['jobs'];
const JobRef = z.object({ jobId: Id });

export const jobsRouter = router({
  list: procedure
    .meta({
      openapi: {
        ...{ tags, scopes: ['documents:read'] },
        method: 'GET',
        path: '/jobs',
        summary: 'List jobs, newest first',
        description:
          'Queued and running jobs. Finished jobs are removed; their outcome is in the document and in the events.',
      },
    })
    .input(ListJobsInput)
    .output(pageOf(Job))
    .query(({ ctx, input }) => listJobs(ctx.core, ctx.actor, input)),
  get: procedure
    .meta({
      openapi: { tags, scopes: ['documents:read'], method: 'GET', path: '/jobs/{jobId}', summary: 'Get a job' },
    })
    .input(JobRef)
    .output(Job)
    .query(({ ctx, input }) => getJob(ctx.core, ctx.actor, input.jobId)),
  cancel: procedure
    .meta({
      openapi: {
        ...{ tags, scopes: ['documents:write'] },
        method: 'POST',
        path: '/jobs/{jobId}/cancel',
        summary: 'Cancel an ingest job and return its last state',
      },
    })
    .input(JobRef)
    .output(Job)
    .mutation(({ ctx, input }) => cancelJob(ctx.core, ctx.actor, input.jobId)),
});
