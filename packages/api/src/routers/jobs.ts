import { Id } from '@lorebox/contract/ids';
import { Job, ListJobsInput } from '@lorebox/contract/job';
import { pageOf } from '@lorebox/contract/page';
import { cancelJob, getJob, listJobs } from '@lorebox/core/jobs/jobs';
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
        summary: 'Work that waits or runs, newest first',
        description: 'A job that is done is gone; the document, and the event log, tell how it ended.',
      },
    })
    .input(ListJobsInput)
    .output(pageOf(Job))
    .query(({ ctx, input }) => listJobs(ctx.core, ctx.actor, input)),
  get: procedure
    .meta({
      openapi: { tags, scopes: ['documents:read'], method: 'GET', path: '/jobs/{jobId}', summary: 'One job' },
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
        summary: 'Stop an ingest; gives the job as it was',
      },
    })
    .input(JobRef)
    .output(Job)
    .mutation(({ ctx, input }) => cancelJob(ctx.core, ctx.actor, input.jobId)),
});
