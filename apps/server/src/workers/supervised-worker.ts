import type { Worker } from 'node:worker_threads';
import type { Log } from '@lorebox/ports/runtime';
import type { Methods } from '@lorebox/worker-rpc/messages';
import { createNotify } from '@lorebox/worker-rpc/notify';
import { serveCalls } from '@lorebox/worker-rpc/serve-calls';

const MIN_RESTART_DELAY_MS = 1000;
const MAX_RESTART_DELAY_MS = 300_000;
/** After a thread has run this long, the backoff starts over. */
const BACKOFF_RESET_MS = 600_000;

export interface SupervisedWorkerOptions {
  /** For log messages, such as "ingest". */
  name: string;
  start(): Worker;
  /** Methods that the thread can call. */
  methods: Methods;
  /** Called after a thread was started. Returns a function to call when it has exited. */
  onStart?(worker: Worker): () => void;
  /** Called after the thread was restarted. */
  onRestart(): void;
  log: Log;
}

/** Runs a background thread: starts it on demand, and restarts it with increasing delays when it exits. */
export class SupervisedWorker<M extends Methods> {
  private readonly options: SupervisedWorkerOptions;
  private worker: Worker | null = null;
  private isStopping = false;
  private failures = 0;

  constructor(options: SupervisedWorkerOptions) {
    this.options = options;
  }

  /** Starts the thread unless it is running or the server is stopping. */
  ensureStarted(): void {
    if (this.isStopping) return;
    this.worker ??= this.open();
  }

  /** Sends a notification to the thread. Does nothing if the thread is not running. */
  notify<K extends keyof M & string>(method: K, input: Parameters<M[K]>[0]): void {
    if (this.worker) createNotify<M>(this.worker)(method, input);
  }

  /** Terminates the thread immediately. It is restarted after a delay. */
  async terminate(): Promise<void> {
    await this.worker?.terminate();
  }

  get isStopped(): boolean {
    return this.isStopping;
  }

  /** Asks the thread to exit and resolves when it has. It is not restarted. */
  async stop(): Promise<void> {
    this.isStopping = true;
    const { worker } = this;
    if (!worker) return;
    const exited = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage({ close: true });
    await exited;
  }

  private open(): Worker {
    const { name, start, methods, onStart, onRestart, log } = this.options;
    const worker = start();
    const startedAt = performance.now();
    serveCalls(worker, { ...methods, ...logMethods(log) });
    const onExit = onStart?.(worker);
    worker.on('error', (err) => log.error({ err }, `${name} thread failed`));
    worker.on('exit', () => {
      this.worker = null;
      onExit?.();
      if (this.isStopping) return;
      if (performance.now() - startedAt > BACKOFF_RESET_MS) this.failures = 0;
      const delay = Math.min(MAX_RESTART_DELAY_MS, MIN_RESTART_DELAY_MS * 2 ** this.failures);
      this.failures += 1;
      setTimeout(() => {
        this.ensureStarted();
        onRestart();
      }, delay).unref();
    });
    return worker;
  }
}

interface LogLine {
  fields: Record<string, unknown>;
  message: string;
}

export type LogMethods = ReturnType<typeof logMethods>;

/** Writes the log messages of the thread; see `createThreadLog`. */
function logMethods(log: Log) {
  return {
    'log.debug': ({ fields, message }: LogLine) => log.debug(fields, message),
    'log.info': ({ fields, message }: LogLine) => log.info(fields, message),
    'log.warn': ({ fields, message }: LogLine) => log.warn(fields, message),
    'log.error': ({ fields, message }: LogLine) => log.error(fields, message),
  };
}
