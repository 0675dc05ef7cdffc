import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { serveCalls } from '@lorebox/worker-rpc/serve-calls';
import { openConnection } from '../connection.ts';
import { migrateDatabase } from '../migrate.ts';
import type { Call } from './commands.ts';
import { executeGroup, optimize } from './execute.ts';

export interface WriterThreadData {
  path: string;
  blobDir: string;
  /** Number of commits, in shared memory. */
  commits: Int32Array;
}

const { path, blobDir, commits }: WriterThreadData = workerData;
const connection = openConnection(path, { readonly: false, vectors: true });
migrateDatabase(connection, blobDir);

interface QueuedCall {
  call: Call;
  resolve(output: unknown): void;
  reject(error: unknown): void;
}

/** In order of arrival, from all threads. */
let queue: QueuedCall[] = [];

function enqueue(call: QueuedCall): void {
  // When an immediate runs, all waiting port messages have arrived.
  if (queue.length === 0) setImmediate(work);
  queue.push(call);
}

function work(): void {
  const outcomes = executeGroup(
    connection,
    blobDir,
    queue.map(({ call }) => call),
  );
  // Before any reply, so that the count includes every commit that a caller knows of.
  Atomics.add(commits, 0, 1);
  const done = queue.slice(0, outcomes.length);
  queue = queue.slice(outcomes.length);
  for (const [i, outcome] of outcomes.entries()) {
    if ('output' in outcome) done[i]?.resolve(outcome.output);
    else done[i]?.reject(outcome.error);
  }
  if (queue.length > 0) setImmediate(work);
  else idle.refresh();
}

const methods = {
  run: (call: Call) => new Promise<unknown>((resolve, reject) => enqueue({ call, resolve, reject })),
};
export type WriterMethods = typeof methods;

/** Commands come in bursts. A pause of this length ends one. */
const IDLE_MS = 100;
const idle = setTimeout(tidy, IDLE_MS);
let later: NodeJS.Timeout | undefined;

function tidy(): void {
  if (queue.length > 0) return;
  const again = optimize(connection);
  clearTimeout(later);
  if (again !== null) later = setTimeout(tidy, again);
}

parentPort?.on('message', (message: { connect: MessagePort } | { close: true }) => {
  if ('close' in message) {
    while (queue.length > 0) work();
    connection.raw.pragma('wal_checkpoint(TRUNCATE)');
    connection.raw.close();
    process.exit(0);
  }
  serveCalls(message.connect, methods);
});
parentPort?.postMessage('ready');
