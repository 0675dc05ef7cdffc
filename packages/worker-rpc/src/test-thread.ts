// Thread for worker-client.test.ts.
import { parentPort } from 'node:worker_threads';
import { AppError } from '@lorebox/contract/errors';
import { serveCalls, withTransfer } from './serve-calls.ts';

let cancelled = 0;

const methods = {
  double: (value: number) => value * 2,
  refuse: (message: string) => {
    throw new AppError('CONFLICT', message);
  },
  crash: (): void => process.exit(1),
  bytes: (length: number) => {
    const bytes = new Uint8Array(length).fill(7);
    return withTransfer(bytes, [bytes.buffer]);
  },
  wait: (_input: null, signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => {
        cancelled += 1;
        resolve();
      });
    }),
  countCancelled: (_input: null) => cancelled,
};
export type TestMethods = typeof methods;

if (parentPort) serveCalls(parentPort, methods);
