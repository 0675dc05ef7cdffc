import { isAppError } from '@lorebox/contract/errors';
import type { FailureReason } from '@lorebox/contract/failure';
import type { Job, ReembedJob } from '@lorebox/ports/document-stores';
import { ParseFailure } from '@lorebox/ports/parser';
import type { Log } from '@lorebox/ports/runtime';
import { PollLoop } from '../background/poll-loop.ts';
import { type Sleep, sleep } from '../background/sleep.ts';
import { type IngestDeps, ingestDocument } from './ingest-document.ts';
import { type ReembedDeps, reembedWorkspace } from './reembed-workspace.ts';

export interface RunnerOptions {
  /** Number of documents to process concurrently. */
  concurrency: number;
  log: Log;
  /** Called after each step that changes the state of a document or job. */
  onProgress(): void;
  /** Default: the real clock. */
  sleep?: Sleep;
}

export type RunnerDeps = IngestDeps & Pick<ReembedDeps, 'embeddings' | 'embedderNamed'>;

/** Failed attempts after which a job fails. Attempts that a stop or kill of the server has ended don't count. */
const MAX_ATTEMPTS = 5;
const OUTAGES: ReadonlySet<string> = new Set(['MODEL_UNREACHABLE', 'STORAGE_FULL']);
const MAX_WAIT_MS = 60_000;
const IDLE_POLL_MS = 1000;

/** Works through the job queue in the database. All of its state is there, so it can be killed at any moment. */
export class IngestRunner {
  private readonly deps: RunnerDeps;
  private readonly options: RunnerOptions;
  private readonly active = new Map<string, { job: Job; controller: AbortController }>();
  private readonly running = new Set<Promise<void>>();
  private readonly loop = new PollLoop({ tick: () => this.startJobs(), idle: (signal) => this.waitForWork(signal) });

  constructor(deps: RunnerDeps, options: RunnerOptions) {
    this.deps = deps;
    this.options = options;
  }

  async start(): Promise<void> {
    const resumed = await this.deps.store.requeueRunning(new Date(this.deps.clock.now()));
    if (resumed > 0) this.options.log.info({ jobs: resumed }, 'interrupted jobs resumed');
    this.loop.start();
  }

  wake(): void {
    this.loop.wake();
  }

  abort(documentIds: readonly string[]): void {
    for (const { job, controller } of this.active.values()) {
      if ('documentId' in job && documentIds.includes(job.documentId)) controller.abort(new Error('no longer wanted'));
    }
  }

  /** Processes every job that is due, then returns: `start` for tests and one-off tools. */
  async runDue(): Promise<void> {
    for (;;) {
      await this.startJobs();
      if (this.running.size === 0) return;
      await Promise.race(this.running);
    }
  }

  /** Stops all jobs. Committed stages stay; the rest is repeated after the next start. */
  async stop(): Promise<void> {
    const stopped = this.loop.stop();
    for (const { controller } of this.active.values()) controller.abort(new Error('stopping'));
    await stopped;
    await Promise.allSettled(this.running);
  }

  /** Starts as many jobs as fit; true if there may be more at once. */
  private async startJobs(): Promise<boolean> {
    const { concurrency } = this.options;
    const jobs = await this.claim(concurrency - this.running.size);
    for (const job of jobs) {
      const work: Promise<void> = this.work(job).finally(() => this.running.delete(work));
      this.running.add(work);
    }
    return jobs.length > 0 && this.running.size < concurrency;
  }

  private async waitForWork(signal: AbortSignal): Promise<void> {
    const wait = this.options.sleep ?? sleep;
    await Promise.race([...this.running, wait(IDLE_POLL_MS, signal)]);
  }

  private async claim(free: number): Promise<Job[]> {
    if (free <= 0) return [];
    try {
      return await this.deps.store.claim(free, new Date(this.deps.clock.now()));
    } catch (error) {
      this.options.log.error({ err: error }, 'job queue read failed');
      return [];
    }
  }

  private async work(job: Job): Promise<void> {
    const controller = new AbortController();
    this.active.set(job.id, { job, controller });
    try {
      if (job.kind === 'ingest') await ingestDocument(this.deps, job, controller.signal);
      else if (job.kind === 'reembed') await this.reembed(job, controller.signal);
      else await this.purge(job, controller.signal);
    } catch (error) {
      await this.settle(job, error, controller.signal);
    } finally {
      this.active.delete(job.id);
      this.options.onProgress();
    }
  }

  private async reembed(job: ReembedJob, signal: AbortSignal): Promise<void> {
    await reembedWorkspace({ ...this.deps, onProgress: this.options.onProgress }, job, signal);
  }

  private async purge(job: Job, signal: AbortSignal): Promise<void> {
    while (!(await this.deps.store.purgeStep(job))) signal.throwIfAborted();
    await this.deps.store.finish(job);
  }

  private async settle(job: Job, error: unknown, signal: AbortSignal): Promise<void> {
    if (signal.aborted) {
      // Deleted, cancelled or replaced jobs have no row any more; any other goes back to the queue.
      await this.deps.store
        .release(job)
        .catch((failure) => this.options.log.error({ err: failure }, 'job release failed'));
      return;
    }
    const at = new Date(this.deps.clock.now());
    const verdict = judge(error, job.attempts);
    const about = { err: error, job: job.id, kind: job.kind, attempts: job.attempts, reason: verdict.reason };
    try {
      if (verdict.retryInMs === null && job.kind === 'ingest') {
        this.options.log.info(about, 'document failed');
        await this.deps.store.fail(job, verdict.reason, verdict.message, at);
      } else {
        this.options.log.warn(about, 'job postponed');
        const runAfter = new Date(at.getTime() + (verdict.retryInMs ?? MAX_WAIT_MS));
        await this.deps.store.postpone(job, runAfter, verdict.message);
      }
    } catch (failure) {
      this.options.log.error({ ...about, err: failure }, 'job outcome not stored');
    }
  }
}

function judge(error: unknown, attempts: number): { reason: FailureReason; message: string; retryInMs: number | null } {
  if (error instanceof ParseFailure) return { reason: error.reason, message: error.message, retryInMs: null };
  const backoffMs = Math.min(MAX_WAIT_MS, 1000 * 2 ** attempts);
  // What is down comes back, and a full disk is cleared: that is no fault of the document, so it waits and says why.
  const isOutage = isAppError(error) && OUTAGES.has(error.code);
  const retryInMs = isOutage || attempts + 1 < MAX_ATTEMPTS ? backoffMs : null;
  if (isAppError(error)) {
    const reason = error.code === 'STORAGE_FULL' ? 'internal' : 'embedding-failed';
    return { reason, message: error.message, retryInMs };
  }
  return { reason: 'internal', message: 'Internal error. See the server log.', retryInMs };
}
