import type { FailureReason } from '@lorebox/contract/failure';
import type { Job } from '@lorebox/ports/document-stores';
import { eq } from '../../drizzle.ts';
import { documents } from '../documents/schema.ts';
import { recordState } from '../ingest/record-state.ts';
import { jobs } from '../jobs/schema.ts';
import { prepareOnce, prepareValue } from '../statements.ts';
import type { WriteContext } from '../writer/context.ts';

import { claimJob, waitingWorkspaces } from './claim-jobs.ts';
import { purgeStep } from './purge.ts';

/** Delay before a document that crashed the thread is retried. Increases with each crash. */
const SUSPECT_PAUSE_MS = 5000;

export const jobCommands = {
  'jobs.claim'(context: WriteContext, input: { limit: number; at: Date }): Job[] {
    const waiting = waitingWorkspaces(context).flatMap((workspaceId) => {
      const running = prepareValue<[string], number>(
        context.raw,
        "select count(*) from jobs where state = 'running' and workspace_id = ?",
      ).get(workspaceId);
      const queued = prepareValue<[string, number, number], string>(
        context.raw,
        "select id from jobs where state = 'queued' and workspace_id = ? and run_after <= ? order by id limit ?",
      ).all(workspaceId, input.at.getTime(), input.limit);
      return queued.map((id, turn) => ({ id, turn: turn + (running ?? 0) }));
    });
    // Every waiting workspace gets a job before any gets its second.
    waiting.sort((a, b) => a.turn - b.turn || (a.id < b.id ? -1 : 1));
    return waiting.slice(0, input.limit).map(({ id }) => claimJob(context, id));
  },
  'jobs.requeueRunning'({ raw }: WriteContext, input: { at: Date }): number {
    const suspects = "update jobs set run_after = ? + text_attempts * ? where state = 'running' and text_attempts > 0";
    prepareOnce(raw, suspects).run(input.at.getTime(), SUSPECT_PAUSE_MS);
    return prepareOnce(raw, "update jobs set state = 'queued' where state = 'running'").run().changes;
  },
  'jobs.release'({ raw }: WriteContext, job: Job) {
    prepareOnce(raw, "update jobs set state = 'queued' where id = ?").run(job.id);
  },
  'jobs.postpone'(context: WriteContext, input: { job: Job; runAfter: Date; message: string }) {
    const { orm } = context;
    const { job, runAfter, message } = input;
    const known = orm
      .update(jobs)
      .set({ state: 'queued', runAfter, message, attempts: job.attempts + 1 })
      .where(eq(jobs.id, job.id))
      .run();
    if (known.changes === 0 || job.kind !== 'ingest') return;
    const row = orm.select().from(documents).where(eq(documents.id, job.documentId)).get();
    if (row?.status !== 'processing') return;
    const { status, stage, progress } = row;
    const waiting = `Waiting; will be retried automatically. ${message}`;
    recordState(context, new Date(), job, { status, stage, progress, reason: null, message: waiting });
  },
  'jobs.finish'({ orm }: WriteContext, job: Job) {
    orm.delete(jobs).where(eq(jobs.id, job.id)).run();
  },
  'jobs.fail'(context: WriteContext, input: { job: Job; reason: FailureReason; message: string; at: Date }) {
    const { job, reason, message, at } = input;
    const gone = context.orm.delete(jobs).where(eq(jobs.id, job.id)).run().changes === 0;
    if (gone || job.kind !== 'ingest') return; // cancelled, replaced or deleted in the meantime
    const row = context.orm.select().from(documents).where(eq(documents.id, job.documentId)).get();
    if (!row) return;
    recordState(context, at, job, { status: 'failed', stage: row.stage, progress: row.progress, reason, message });
  },
  'jobs.purgeStep': (context: WriteContext, job: Job): boolean => purgeStep(context, job),
};
