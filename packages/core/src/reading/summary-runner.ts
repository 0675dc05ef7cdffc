import { isAppError } from '@lorebox/contract/errors';
import type { LanguageChatModel } from '@lorebox/ports/chat-model';
import type { UnsummarizedDocument } from '@lorebox/ports/summary-store';
import { PollLoop } from '../background/poll-loop.ts';
import { type Sleep, sleep } from '../background/sleep.ts';
import type { Services } from '../core.ts';
import { chooseModel } from '../models/choose-model.ts';
import { summarizeDocument } from './summarize-document.ts';

const POLL_MS = 15_000;
/** Wait for answers in progress, which have precedence. */
const YIELD_MS = 2000;
/** Wait after a failure of the model. */
const FAILURE_MS = 5 * 60_000;
/** Shorter documents are read whole, or by their key sentences. */
export const MIN_SUMMARIZED_LENGTH = 12_000;

/**
 * Summarizes long documents in the background, one node after the other. Each node is stored before the next one, so the
 * work continues after a stop or crash. Answers have precedence.
 */
export class SummaryRunner {
  private readonly core: Services;
  private readonly loop = new PollLoop({ tick: () => this.tick(), idle: (signal) => this.sleep(POLL_MS, signal) });
  private readonly sleep: Sleep;
  private failedUntil = 0;
  private readonly controller = new AbortController();

  /** `wait` defaults to the real clock. */
  constructor(core: Services, wait: Sleep = sleep) {
    this.core = core;
    this.sleep = wait;
  }

  start(): void {
    this.loop.start();
  }

  /** Summarizes every document that needs it, then returns: `start` for tests and one-off tools. */
  async runDue(): Promise<void> {
    while (await this.tick());
  }

  async stop(): Promise<void> {
    const stopped = this.loop.stop();
    this.controller.abort(new Error('stopping'));
    await stopped;
  }

  /** Summarizes the next document; false if there is none, or no model for it. */
  private async tick(): Promise<boolean> {
    const { core } = this;
    if (core.clock.now() < this.failedUntil) return false;
    try {
      const waiting = await core.stores.summaries.findUnsummarized(['local', 'any'], MIN_SUMMARIZED_LENGTH, 20);
      for (const next of waiting) {
        const model = await this.modelFor(next);
        if (!model) continue;
        await summarizeDocument(core, model, next, () => this.yieldToAnswers(), this.controller.signal);
        return true;
      }
    } catch (err) {
      if (this.controller.signal.aborted) return false;
      this.failedUntil = core.clock.now() + FAILURE_MS;
      core.log.warn({ err }, 'summary failed');
    }
    return false;
  }

  private async modelFor({ document }: UnsummarizedDocument): Promise<LanguageChatModel | null> {
    const { core } = this;
    const workspace = await core.stores.workspaces.find(document.workspaceId, { memberId: null, workspaceId: null });
    if (!workspace) return null;
    try {
      const model = await chooseModel(core, workspace, workspace.model);
      const isAllowed = model.kind === 'language-model' && (workspace.summaries === 'any' || model.isLocal);
      return isAllowed ? model : null;
    } catch (error) {
      if (isAppError(error)) return null;
      throw error;
    }
  }

  private async yieldToAnswers(): Promise<void> {
    const { signal } = this.controller;
    while (this.core.answerHub.size > 0 && !signal.aborted) await this.sleep(YIELD_MS, signal);
    signal.throwIfAborted();
  }
}
