import type { MessagePort } from 'node:worker_threads';
import { Worker } from 'node:worker_threads';
import type { SourceSignals } from '@lorebox/core/core';
import type { Log } from '@lorebox/ports/runtime';
import type { SourceStore } from '@lorebox/ports/source-stores';
import type { Config } from '../../config.ts';
import { SupervisedWorker } from '../supervised-worker.ts';
import type { SourceHostMethods } from './host-methods.ts';
import type { SourceMethods, SourceThreadData } from './source-thread.ts';

/** Pings within the time that the thread may stay silent. */
const HEARTBEATS = 4;

interface HostDeps {
  sources: Pick<SourceStore, 'isEmpty' | 'endStalled'>;
  openWriter(): MessagePort;
  /** Called when there are new documents to ingest. */
  wakeIngest(): void;
  log: Log;
  /** The script of the thread; tests replace it. */
  thread?: URL;
}

/** Runs the source thread, which is started with the first source, and restarts it when it stops responding. */
export class SourceHost implements SourceSignals {
  private readonly config: Config;
  private readonly deps: HostDeps;
  private readonly thread: SupervisedWorker<SourceMethods>;
  private respondedAt = 0;

  constructor(config: Config, deps: HostDeps) {
    this.config = config;
    this.deps = deps;
    this.thread = new SupervisedWorker<SourceMethods>({
      name: 'source',
      start() {
        const writer = deps.openWriter();
        const workerData: SourceThreadData = { config, writer };
        return new Worker(deps.thread ?? new URL('./source-thread.ts', import.meta.url), {
          workerData,
          transferList: [writer],
          resourceLimits: { maxYoungGenerationSizeMb: 16 },
        });
      },
      methods: this.methods(),
      onStart: () => this.watch(),
      onRestart: () => this.wake(),
      log: deps.log,
    });
  }

  /** Starts the thread if there is a source. */
  async start(): Promise<void> {
    if (!(await this.deps.sources.isEmpty())) this.wake();
  }

  wake(): void {
    this.thread.ensureStarted();
    this.thread.notify('wake', null);
  }

  abort(sourceId: string): void {
    this.thread.notify('abort', sourceId);
  }

  stop(): Promise<void> {
    return this.thread.stop();
  }

  private methods(): SourceHostMethods {
    return {
      documentsAdded: () => this.deps.wakeIngest(),
      pong: () => {
        this.respondedAt = Date.now();
      },
    };
  }

  /** Terminates a thread that stops responding, and ends its sync runs. Returns a function that stops the watch. */
  private watch(): () => void {
    const limitMs = this.config.sources.stallMs;
    this.respondedAt = Date.now();
    let pingedAt: number | null = null;
    const check = async () => {
      // Ping again only after a response, so that a suspended machine doesn't count as a missed response.
      if (pingedAt === null || pingedAt <= this.respondedAt) {
        pingedAt = Date.now();
        this.thread.notify('ping', null);
        return;
      }
      if (Date.now() - pingedAt < limitMs) return;
      clearInterval(heartbeat);
      this.deps.log.error({ seconds: limitMs / 1000 }, 'source thread stopped responding, restarting it');
      await this.thread.terminate();
      if (!this.thread.isStopped) await this.deps.sources.endStalled(new Date());
    };
    const heartbeat = setInterval(() => {
      check().catch((err) => this.deps.log.error({ err }, 'stalled sync run check failed'));
    }, limitMs / HEARTBEATS);
    heartbeat.unref();
    return () => clearInterval(heartbeat);
  }
}
