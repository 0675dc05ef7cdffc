import type { MessagePort } from 'node:worker_threads';
import { Worker } from 'node:worker_threads';
import type { IngestSignals } from '@lorebox/core/core';
import type { Log } from '@lorebox/ports/runtime';
import type { Config } from '../../config.ts';
import { SupervisedWorker } from '../supervised-worker.ts';
import type { IngestHostMethods } from './host-methods.ts';
import type { IngestMethods, IngestThreadData } from './ingest-thread.ts';

/** How long a thread may continue to chunk a text after it should stop or abandon the document. */
const ABANDON_MS = 1000;

/** Runs the ingest thread, which is started when there is work. */
export class IngestHost implements IngestSignals {
  private readonly config: Config;
  private readonly log: Log;
  private readonly thread: SupervisedWorker<IngestMethods>;
  /** The document whose text is being chunked. Until that is done, the thread handles no messages. */
  private text: { documentId: string; timer: NodeJS.Timeout | null } | null = null;
  private readonly waiting = new Set<() => void>();

  constructor(config: Config, openWriter: () => MessagePort, log: Log) {
    this.config = config;
    this.log = log;
    this.thread = new SupervisedWorker<IngestMethods>({
      name: 'ingest',
      start() {
        const writer = openWriter();
        const workerData: IngestThreadData = { config, writer };
        return new Worker(new URL('./ingest-thread.ts', import.meta.url), { workerData, transferList: [writer] });
      },
      methods: this.methods(),
      onStart: () => () => this.endText(),
      onRestart: () => this.wake(),
      log,
    });
  }

  wake(): void {
    this.thread.ensureStarted();
    this.thread.notify('wake', null);
    this.notifyChange();
  }

  abort(documentIds: readonly string[]): void {
    if (documentIds.length > 0) this.thread.notify('abort', documentIds);
    if (this.text && documentIds.includes(this.text.documentId)) this.endTextIn(ABANDON_MS, 'ingest cancelled');
    this.notifyChange();
  }

  changed(timeoutMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.waiting.delete(done);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, timeoutMs);
      this.waiting.add(done);
      signal?.addEventListener('abort', done, { once: true });
      if (signal?.aborted) done();
    });
  }

  async stop(): Promise<void> {
    const stopped = this.thread.stop();
    if (this.text) this.endTextIn(ABANDON_MS, 'the server is stopping');
    await stopped;
  }

  private methods(): IngestHostMethods {
    return {
      progress: () => this.notifyChange(),
      textBegin: (documentId: string) => this.beginText(documentId),
      textEnd: () => this.endText(),
    };
  }

  private notifyChange(): void {
    for (const done of [...this.waiting]) done();
  }

  private beginText(documentId: string): void {
    this.text = { documentId, timer: null };
    this.endTextIn(this.config.ingest.documentTimeoutMs, 'timed out');
  }

  private endText(): void {
    clearTimeout(this.text?.timer ?? undefined);
    this.text = null;
  }

  /** Terminates the thread unless it finishes the text in time. The next thread repeats its other unfinished work. */
  private endTextIn(ms: number, reason: string): void {
    const { text } = this;
    if (!text) return;
    clearTimeout(text.timer ?? undefined);
    text.timer = setTimeout(() => {
      this.log.warn({ documentId: text.documentId, reason }, 'text chunking stopped');
      void this.thread.terminate();
    }, ms);
    text.timer.unref();
  }
}
