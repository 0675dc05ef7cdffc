import { Worker } from 'node:worker_threads';
import { AppError } from '@lorebox/contract/errors';
import type { ParseReply, ParseRequest } from './json-worker.ts';

const IDLE_MS = 30_000;
const MAX_HEAP_MB = 1024;

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** Parses large JSON on a thread of its own, which starts with the first body and ends when there has been none for a while. */
export class JsonThread {
  private worker: Worker | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private idle: NodeJS.Timeout | null = null;

  /** @throws AppError BAD_REQUEST. `bytes` belong to the thread afterwards. */
  parse(bytes: Uint8Array<ArrayBuffer>): Promise<unknown> {
    if (this.idle) clearTimeout(this.idle);
    this.worker ??= this.start();
    const worker = this.worker;
    this.lastId += 1;
    const request: ParseRequest = { id: this.lastId, bytes };
    return new Promise((resolve, reject) => {
      this.waiting.set(request.id, { resolve, reject });
      worker.postMessage(request, [bytes.buffer]);
    });
  }

  async close(): Promise<void> {
    if (this.idle) clearTimeout(this.idle);
    await this.worker?.terminate();
  }

  private start(): Worker {
    const worker = new Worker(new URL('./json-worker.ts', import.meta.url), {
      name: 'json',
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    worker.unref();
    worker.on('message', (reply: ParseReply) => {
      const waiting = this.waiting.get(reply.id);
      this.waiting.delete(reply.id);
      if ('value' in reply) waiting?.resolve(reply.value);
      else waiting?.reject(new AppError('BAD_REQUEST', reply.problem));
      if (this.waiting.size === 0) this.idle = setTimeout(() => this.end(worker), IDLE_MS).unref();
    });
    const fail = (cause?: unknown) => {
      if (this.worker === worker) this.worker = null;
      const error = new AppError(
        'TOO_LARGE',
        'Parsing the request body exceeded the memory limit. Split it into several requests.',
        {
          cause,
        },
      );
      for (const { reject } of this.waiting.values()) reject(error);
      this.waiting.clear();
    };
    worker.on('error', fail);
    worker.on('exit', () => this.worker === worker && fail());
    return worker;
  }

  private end(worker: Worker): void {
    this.worker = null;
    void worker.terminate();
  }
}
