import { Worker } from 'node:worker_threads';
import { AppError } from '@lorebox/contract/errors';
import { WorkerClient } from '@lorebox/worker-rpc/worker-client';
import type { JsonMethods } from './json-worker.ts';

const IDLE_MS = 30_000;
const MAX_HEAP_MB = 1024;

/** Parses large JSON in a worker thread that starts with the first body and ends when idle. */
export class JsonThread {
  private readonly worker = new WorkerClient<JsonMethods>({
    start: () =>
      new Worker(new URL('./json-worker.ts', import.meta.url), {
        name: 'json',
        resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
      }),
    idleMs: IDLE_MS,
    lostError(cause) {
      const message = 'Parsing the request body exceeded the memory limit. Split it into several requests.';
      return new AppError('TOO_LARGE', message, { cause });
    },
  });

  /** Transfers the memory of `bytes` to the thread. @throws AppError BAD_REQUEST or TOO_LARGE. */
  parse(bytes: Uint8Array<ArrayBuffer>): Promise<unknown> {
    return this.worker.call('parse', bytes, { transferList: [bytes.buffer] });
  }

  close(): Promise<void> {
    return this.worker.close();
  }
}
