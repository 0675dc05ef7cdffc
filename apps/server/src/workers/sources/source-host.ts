import type { MessagePort } from 'node:worker_threads';
import { Worker } from 'node:worker_threads';
import type { SourceSignals } from '@lorebox/core/core';
import type { Log } from '@lorebox/ports/runtime';
import type { SourceStore } from '@lorebox/ports/source-stores';
import type { Config } from '../../config.ts';
import type { FromSourceThread, ToSourceThread } from './messages.ts';

/** Twice as long each time: what ends a thread once may do so again. */
const RESTART_AFTER_MS = 1000;
const MAX_RESTART_DELAY_MS = 300_000;
/** After so much time in peace the pauses begin anew. */
const BACKOFF_RESET_MS = 600_000;
/** How often a thread is asked within the time that it may be silent. */
const HEARTBEATS = 4;

interface HostDeps {
  sources: Pick<SourceStore, 'isEmpty' | 'endStalled'>;
  openWriter(): MessagePort;
  /** Something new waits for its ingest. */
  wakeIngest(): void;
  log: Log;
  /** Of the thread's program. */
  thread?: URL;
}

/** Runs the source thread: started with the first source, started again if it ever dies. */
export class SourceThread implements SourceSignals {
  private readonly config: Config;
  private readonly deps: HostDeps;
  private worker: Worker | null = null;
  private stopping = false;
  private failures = 0;
  private heartbeat: NodeJS.Timeout | null = null;

  constructor(config: Config, deps: HostDeps) {
    this.config = config;
    this.deps = deps;
  }

  /** Nothing is started as long as nobody has a source. */
  async start(): Promise<void> {
    if (!(await this.deps.sources.isEmpty())) this.wake();
  }

  wake(): void {
    if (this.stopping) return;
    this.worker ??= this.open();
    this.send({ kind: 'wake' });
  }

  abort(sourceId: string): void {
    this.send({ kind: 'abort', sourceId });
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const { worker } = this;
    if (!worker) return;
    const exited = new Promise((resolve) => worker.once('exit', resolve));
    this.send({ kind: 'stop' });
    await exited;
    clearInterval(this.heartbeat ?? undefined);
  }

  private send(message: ToSourceThread): void {
    this.worker?.postMessage(message);
  }

  /** Ends a thread that answers no more, and the runs that it was at. Returns what to call when it has answered. */
  private watch(worker: Worker): () => void {
    const limitMs = this.config.sources.stallMs;
    let heardAt = Date.now();
    let askedAt: number | null = null;
    const check = async () => {
      const isSilent = askedAt !== null && askedAt > heardAt;
      // Ping again only after an answer: after a suspend, no answer has been missed.
      if (!isSilent) {
        askedAt = Date.now();
        worker.postMessage({ kind: 'ping' } satisfies ToSourceThread);
        return;
      }
      if (Date.now() - (askedAt ?? 0) < limitMs) return;
      clearInterval(this.heartbeat ?? undefined);
      this.deps.log.error({ seconds: limitMs / 1000 }, 'source thread stopped responding, restarting it');
      await worker.terminate();
      if (!this.stopping) await this.deps.sources.endStalled(new Date());
    };
    this.heartbeat = setInterval(() => {
      check().catch((err) => this.deps.log.error({ err }, 'stalled sync run check failed'));
    }, limitMs / HEARTBEATS);
    this.heartbeat.unref();
    return () => {
      heardAt = Date.now();
    };
  }

  private open(): Worker {
    const writer = this.deps.openWriter();
    const url = this.deps.thread ?? new URL('./source-thread.ts', import.meta.url);
    const openedAt = Date.now();
    const worker = new Worker(url, {
      workerData: { config: this.config, writer },
      transferList: [writer],
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    });
    const heard = this.watch(worker);
    worker.on('message', (message: FromSourceThread) => {
      heard();
      if (message.kind === 'pong') return;
      if (message.kind === 'documents') this.deps.wakeIngest();
      else this.deps.log[message.level](message.fields, message.message);
    });
    worker.on('error', (err) => this.deps.log.error({ err }, 'source thread failed'));
    worker.on('exit', () => {
      this.worker = null;
      clearInterval(this.heartbeat ?? undefined);
      if (this.stopping) return;
      if (Date.now() - openedAt > BACKOFF_RESET_MS) this.failures = 0;
      const delay = Math.min(MAX_RESTART_DELAY_MS, RESTART_AFTER_MS * 2 ** this.failures);
      this.failures += 1;
      setTimeout(() => this.wake(), delay).unref();
    });
    return worker;
  }
}
