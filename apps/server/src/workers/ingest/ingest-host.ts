import type { MessagePort } from 'node:worker_threads';
import { Worker } from 'node:worker_threads';
import type { IngestSignals } from '@lorebox/core/core';
import type { Log } from '@lorebox/ports/runtime';
import type { Config } from '../../config.ts';
import type { FromIngestThread, ToIngestThread } from './messages.ts';

const RESTART_AFTER_MS = 1000;
/** How long a thread that is to stop, or to let go of a document, may go on with the text it is cutting. */
const LET_GO_MS = 1000;

/** Runs the ingest thread: started when there is work, started again if it ever dies. */
export class IngestHost implements IngestSignals {
  private readonly config: Config;
  private readonly openWriter: () => MessagePort;
  private readonly log: Log;
  private worker: Worker | null = null;
  private stopping = false;
  /** The document whose text is being cut: until that is done the thread answers nothing. */
  private text: { documentId: string; timer: NodeJS.Timeout | null } | null = null;
  private readonly waiting = new Set<() => void>();

  constructor(config: Config, openWriter: () => MessagePort, log: Log) {
    this.config = config;
    this.openWriter = openWriter;
    this.log = log;
  }

  wake(): void {
    if (this.stopping) return;
    this.worker ??= this.start();
    this.send({ kind: 'wake' });
    this.notify();
  }

  abort(documentIds: readonly string[]): void {
    if (documentIds.length > 0) this.send({ kind: 'abort', documentIds });
    if (this.text && documentIds.includes(this.text.documentId)) this.endTextIn(LET_GO_MS, 'ingest cancelled');
    this.notify();
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
    this.stopping = true;
    const { worker } = this;
    if (!worker) return;
    const exited = new Promise((resolve) => worker.once('exit', resolve));
    this.send({ kind: 'stop' });
    if (this.text) this.endTextIn(LET_GO_MS, 'the server is stopping');
    await exited;
  }

  private send(message: ToIngestThread): void {
    this.worker?.postMessage(message);
  }

  private notify(): void {
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

  /** Ends the thread, unless it is done with the text by then. What it was doing beside is done again by the next one. */
  private endTextIn(ms: number, reason: string): void {
    const { text, worker } = this;
    if (!text) return;
    clearTimeout(text.timer ?? undefined);
    text.timer = setTimeout(() => {
      this.log.warn({ documentId: text.documentId, reason }, 'text chunking stopped');
      void worker?.terminate();
    }, ms);
    text.timer.unref();
  }

  private start(): Worker {
    const writer = this.openWriter();
    const url = new URL('./ingest-thread.ts', import.meta.url);
    const worker = new Worker(url, { workerData: { config: this.config, writer }, transferList: [writer] });
    worker.on('message', (message: FromIngestThread) => {
      if (message.kind === 'progress') this.notify();
      else if (message.kind === 'text-begin') this.beginText(message.documentId);
      else if (message.kind === 'text-end') this.endText();
      else this.log[message.level](message.fields, message.message);
    });
    worker.on('error', (err) => this.log.error({ err }, 'ingest thread failed'));
    worker.on('exit', () => {
      this.worker = null;
      this.endText();
      if (!this.stopping) setTimeout(() => this.wake(), RESTART_AFTER_MS).unref();
    });
    return worker;
  }
}
