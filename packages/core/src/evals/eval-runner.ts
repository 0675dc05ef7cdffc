import { isAppError } from '@lorebox/contract/errors';
import type { EvalResult, EvalRun } from '@lorebox/contract/eval';
import { PollLoop } from '../background/poll-loop.ts';
import { type Sleep, sleep } from '../background/sleep.ts';
import type { EvalSignals, Services } from '../core.ts';
import { measureQuestion } from './measure-question.ts';
import { summarizeResults } from './summarize-results.ts';

const POLL_MS = 5000;
const PAGE = 200;
/** A run in which the first questions all fail is given up: something is wrong with the setting, not with them. */
const MAX_CONSECUTIVE_FAILURES = 10;

/**
 * Measures run after run, question after question: two at a time would measure each other. Every result is stored before the
 * next question, so that a run goes on after a stop or a kill.
 */
export class EvalRunner implements EvalSignals {
  private readonly core: Services;
  private readonly loop = new PollLoop({ tick: () => this.tick(), idle: (signal) => this.sleep(POLL_MS, signal) });
  private readonly sleep: Sleep;
  private current: { runId: string; controller: AbortController } | null = null;

  /** `wait` defaults to the real clock. */
  constructor(core: Services, wait: Sleep = sleep) {
    this.core = core;
    this.sleep = wait;
  }

  start(): void {
    this.loop.start();
  }

  wake(): void {
    this.loop.wake();
  }

  abort(runId: string): void {
    if (this.current?.runId === runId) this.current.controller.abort();
  }

  /** Finishes every eval run that is due, then returns: `start` for tests and one-off tools. */
  async runDue(): Promise<void> {
    while (await this.tick());
  }

  async stop(): Promise<void> {
    const stopped = this.loop.stop();
    this.current?.controller.abort();
    await stopped;
  }

  /** Measures the next run that is not finished; false when there is none. */
  private async tick(): Promise<boolean> {
    const { core } = this;
    try {
      const [next] = await core.stores.evals.unfinishedRuns();
      if (next) await this.measure(core, next);
      return next !== undefined;
    } catch (err) {
      core.log.error({ err }, 'eval run failed to continue');
      return false;
    }
  }

  private async measure(core: Services, run: EvalRun): Promise<void> {
    const controller = new AbortController();
    this.current = { runId: run.id, controller };
    const workspace = await core.stores.workspaces.find(run.workspaceId, { memberId: null, workspaceId: null });
    if (!workspace) return this.finish(core, run, 'failed', 'The workspace was deleted.');
    let failures = 0;
    for (;;) {
      const pending = await core.stores.evals.nextQuestion(run.id);
      if (!pending) return this.finish(core, run, 'done', null);
      const result = await measureQuestion(core, workspace, run.options, pending.question, controller.signal).catch(
        (error): EvalResult => failed(pending.question, error),
      );
      // Cancelled, or continued after the next start.
      if (controller.signal.aborted || this.loop.signal.aborted) return;
      failures = result.error === null ? -Infinity : failures + 1;
      await core.stores.evals.saveResult(run.id, pending.position, result);
      if (failures >= MAX_CONSECUTIVE_FAILURES) return this.finish(core, run, 'failed', result.error);
    }
  }

  private async finish(core: Services, run: EvalRun, state: 'done' | 'failed', message: string | null): Promise<void> {
    this.current = null;
    const results: EvalResult[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await core.stores.evals.listResults({ runId: run.id, limit: PAGE, cursor });
      results.push(...page.items);
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    const metrics = state === 'done' ? summarizeResults(results) : null;
    await core.stores.evals.finishRun(run.id, { state, metrics, message, at: new Date(core.clock.now()) });
  }
}

function failed(golden: { question: string; relevant: readonly { grade: number }[] }, error: unknown): EvalResult {
  const isJudged = golden.relevant.some(({ grade }) => grade > 0);
  const message = isAppError(error) ? error.message : 'Internal error. See the server log.';
  const nothing = { ndcg: 0, recall: 0, reciprocalRank: 0, latencyMs: 0, found: [], answer: null };
  return { question: golden.question, isJudged, ...nothing, error: message };
}
