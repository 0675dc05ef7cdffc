import type { Worker } from 'node:worker_threads';
import { Caller, type CallOptions } from './caller.ts';
import type { Methods } from './messages.ts';

export interface WorkerClientOptions {
  /** Starts the thread, on the first call and after it has exited. */
  start(): Worker;
  /** The thread exits after this many milliseconds without a call. If absent, it never does. */
  idleMs?: number;
  /**
   * Grace period in milliseconds for a thread to exit before it is terminated. If absent, it is terminated immediately.
   */
  closeGraceMs?: number;
  /** Retries calls once on a new thread if the thread exits. Inputs must not transfer memory. */
  retryLostCalls?: boolean;
  /** Returns the error for calls of a thread that exited. `cause` is absent if it exited without an error. */
  lostError(cause: Error | undefined): Error;
}

/** Thrown inside this file when a thread exits during a call. */
class WorkerLost extends Error {}

interface Live<M extends Methods> {
  worker: Worker;
  caller: Caller<M>;
}

/** Calls methods of a worker thread that is started on demand. */
export class WorkerClient<M extends Methods> {
  private readonly options: WorkerClientOptions;
  private live: Live<M> | null = null;
  private idleTimer: NodeJS.Timeout | undefined;
  private closing: Promise<void> = Promise.resolve();
  private isClosed = false;

  constructor(options: WorkerClientOptions) {
    this.options = options;
  }

  /** @throws what the method throws, or `lostError` if the thread exits during the call or the client is closed. */
  async call<K extends keyof M & string>(
    method: K,
    input: Parameters<M[K]>[0],
    options: CallOptions = {},
  ): Promise<Awaited<ReturnType<M[K]>>> {
    try {
      return await this.attempt(method, input, options);
    } catch (error) {
      if (!(error instanceof WorkerLost)) throw error;
      if (!this.options.retryLostCalls || this.isClosed) throw this.toLostError(error);
    }
    return await this.attempt(method, input, options).catch((error) => {
      throw error instanceof WorkerLost ? this.toLostError(error) : error;
    });
  }

  /** Rejects pending calls and stops the thread. Later calls are rejected. */
  close(): Promise<void> {
    this.isClosed = true;
    this.live?.caller.fail(new WorkerLost());
    return this.stop();
  }

  private async attempt<K extends keyof M & string>(method: K, input: Parameters<M[K]>[0], options: CallOptions) {
    if (this.isClosed) throw new WorkerLost();
    clearTimeout(this.idleTimer);
    this.live ??= this.open();
    const { caller } = this.live;
    try {
      return await caller.call(method, input, options);
    } finally {
      if (this.live?.caller === caller && caller.isIdle) this.restWhenIdle();
    }
  }

  private open(): Live<M> {
    const worker = this.options.start();
    const live: Live<M> = { worker, caller: new Caller<M>(worker) };
    let cause: Error | undefined;
    worker.on('error', (error: Error) => {
      cause = error;
    });
    worker.once('exit', () => {
      if (this.live === live) this.live = null;
      live.caller.fail(new WorkerLost('exit', { cause }));
    });
    return live;
  }

  private restWhenIdle(): void {
    const { idleMs } = this.options;
    if (idleMs === undefined) return;
    this.idleTimer = setTimeout(() => void this.stop(), idleMs);
    this.idleTimer.unref();
  }

  private stop(): Promise<void> {
    clearTimeout(this.idleTimer);
    const { live } = this;
    this.live = null;
    if (live) this.closing = Promise.all([this.closing, this.end(live)]).then(() => {});
    return this.closing;
  }

  private async end({ worker, caller }: Live<M>): Promise<void> {
    const { closeGraceMs } = this.options;
    if (closeGraceMs === undefined) {
      await worker.terminate();
      return;
    }
    const exited = new Promise((resolve) => worker.once('exit', resolve));
    const force = setTimeout(() => void worker.terminate(), closeGraceMs);
    worker.ref();
    caller.close();
    await exited;
    clearTimeout(force);
  }

  private toLostError({ cause }: WorkerLost): Error {
    return this.options.lostError(cause instanceof Error ? cause : undefined);
  }
}
