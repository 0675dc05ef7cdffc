import type { Transferable } from 'node:worker_threads';
import { type CallMessage, fromWireError, type Methods, type ReplyMessage } from './messages.ts';

/** A worker or a message port. */
export interface CallPort {
  postMessage(message: CallMessage, transferList?: readonly Transferable[]): void;
  on(event: 'message', listener: (message: ReplyMessage) => void): unknown;
  ref(): void;
  unref(): void;
}

export interface CallOptions {
  /** Cancels the call: it rejects immediately with the signal's reason, and the signal of the method is aborted. */
  signal?: AbortSignal | undefined;
  /** Memory of the input that is transferred to the thread instead of being copied. */
  transferList?: readonly Transferable[];
}

interface Pending {
  resolve(output: never): void;
  reject(error: unknown): void;
}

type Input<M extends Methods, K extends keyof M> = Parameters<M[K]>[0];
type Output<M extends Methods, K extends keyof M> = Awaited<ReturnType<M[K]>>;

/**
 * Calls methods served by the thread at the other end of a port. The port keeps the process alive only during calls.
 */
export class Caller<M extends Methods> {
  private readonly port: CallPort;
  private readonly pending = new Map<number, Pending>();
  private lastId = 0;

  constructor(port: CallPort) {
    this.port = port;
    port.on('message', (reply) => this.settle(reply));
    port.unref();
  }

  get isIdle(): boolean {
    return this.pending.size === 0;
  }

  /** @throws what the method throws; an AppError keeps its code. */
  call<K extends keyof M & string>(method: K, input: Input<M, K>, options: CallOptions = {}): Promise<Output<M, K>> {
    const { signal, transferList } = options;
    if (signal?.aborted) return Promise.reject(signal.reason);
    this.lastId += 1;
    const id = this.lastId;
    return new Promise<Output<M, K>>((resolve, reject) => {
      const cancel = () => {
        this.port.postMessage({ cancel: id });
        this.remove(id)?.reject(signal?.reason);
      };
      const end = () => signal?.removeEventListener('abort', cancel);
      this.pending.set(id, {
        resolve(output) {
          end();
          resolve(output);
        },
        reject(error) {
          end();
          reject(error);
        },
      });
      signal?.addEventListener('abort', cancel, { once: true });
      this.port.ref();
      this.port.postMessage({ id, method, input }, transferList);
    });
  }

  /** Asks the thread to exit. */
  close(): void {
    this.port.postMessage({ close: true });
  }

  /** Rejects all pending calls after the thread has exited. */
  fail(error: Error): void {
    for (const { reject } of this.pending.values()) reject(error);
    this.pending.clear();
  }

  private settle(reply: ReplyMessage): void {
    const call = this.remove(reply.id);
    if ('error' in reply) call?.reject(fromWireError(reply.error));
    else call?.resolve(reply.output as never);
  }

  private remove(id: number): Pending | undefined {
    const call = this.pending.get(id);
    this.pending.delete(id);
    if (this.pending.size === 0) this.port.unref();
    return call;
  }
}
