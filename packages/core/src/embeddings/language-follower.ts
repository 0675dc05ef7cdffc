import { PollLoop } from '../background/poll-loop.ts';
import { type Sleep, sleep } from '../background/sleep.ts';
import type { Core } from '../core.ts';
import { currentSettings } from '../settings/current-settings.ts';
import { type ApplyEmbedderDeps, applyEmbedderSettings } from './apply-embedder-settings.ts';
import { AUTOMATIC } from './included-embedder.ts';

const POLL_MS = 30_000;
/** Wait between two workspaces, so that requests are not delayed by the measurements of many. */
const YIELD_MS = 5;

/** Measures the languages of workspaces whose documents have changed, so that their embedder follows. */
export class LanguageFollower {
  private readonly core: ApplyEmbedderDeps & Pick<Core, 'log'>;
  private readonly sleep: Sleep;
  private readonly loop = new PollLoop({ tick: () => this.tick(), idle: (signal) => this.sleep(POLL_MS, signal) });
  /** Last chunk and question of each workspace when it was measured. */
  private readonly measured = new Map<string, string>();

  /** `wait` defaults to the real clock. */
  constructor(core: ApplyEmbedderDeps & Pick<Core, 'log'>, wait: Sleep = sleep) {
    this.core = core;
    this.sleep = wait;
  }

  start(): void {
    this.loop.start();
  }

  async stop(): Promise<void> {
    await this.loop.stop();
  }

  /** Measures all workspaces that have changed. */
  async runDue(): Promise<void> {
    while (await this.tick());
  }

  private async tick(): Promise<boolean> {
    const { stores } = this.core;
    try {
      const { embedder } = await currentSettings(this.core);
      for (const { workspaceId, wanted, active } of await stores.embeddings.survey()) {
        if ((wanted ?? embedder) !== AUTOMATIC || active === null) continue;
        const [question = ''] = await stores.embeddings.lastQuestions(workspaceId, 1);
        const last = `${await stores.embeddings.lastKey(workspaceId)} ${question}`;
        if (last === this.measured.get(workspaceId)) continue;
        this.measured.set(workspaceId, last);
        await applyEmbedderSettings(this.core, new Set([workspaceId]));
        await this.sleep(YIELD_MS, this.loop.signal);
        return true;
      }
    } catch (error) {
      this.core.log.error({ err: error }, 'the languages of a workspace could not be measured');
    }
    return false;
  }
}
