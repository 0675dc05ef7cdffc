import type { Job } from '@lorebox/contract/job';
import type { CallOptions } from '../call-options.ts';
import type { Caller } from '../caller.ts';
import type { ListJobsInput } from '../inputs.ts';
import { PageList } from '../page-list.ts';

/** Queued and running jobs. Finished jobs are removed; their outcome is in the document and in the events. */
export class Jobs {
  private readonly caller: Caller;

  /** @internal */
  constructor(caller: Caller) {
    this.caller = caller;
  }

  /**
   * Lists jobs, newest first.
   * @example
   * for await (const { kind, state, attempts } of lorebox.jobs.list({ workspace: 'demo' })) console.log(kind, state, attempts);
   */
  list({ cursor: first, ...input }: ListJobsInput = {}, options?: CallOptions): PageList<Job> {
    const load = (cursor: string | undefined) =>
      this.caller.run((request) => this.caller.client.jobs.list.query({ ...input, cursor }, request), options);
    return new PageList(load, first);
  }

  /**
   * Returns a queued or running job.
   * @example
   * await lorebox.jobs.get('job_that_is_done').catch((error) => console.log(error.code)); // NOT_FOUND
   */
  get(jobId: string, options?: CallOptions): Promise<Job> {
    return this.caller.run((request) => this.caller.client.jobs.get.query({ jobId }, request), options);
  }

  /**
   * Cancels an ingest job.
   * @example
   * for await (const { id } of lorebox.jobs.list({ kind: 'ingest' })) await lorebox.jobs.cancel(id);
   */
  cancel(jobId: string, options?: CallOptions): Promise<Job> {
    return this.caller.run((request) => this.caller.client.jobs.cancel.mutate({ jobId }, request), options);
  }
}
