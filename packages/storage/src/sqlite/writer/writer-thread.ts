import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { isAppError } from '@lorebox/contract/errors';
import { openConnection } from '../connection.ts';
import { migrateDatabase } from '../migrate.ts';
import { executeGroup, type Outcome, optimize } from './execute.ts';
import type { WriterReply, WriterRequest, WriterThreadData } from './writer.ts';

const { path, blobDir, commits }: WriterThreadData = workerData;
const connection = openConnection(path, { readonly: false, vectors: true });
migrateDatabase(connection, blobDir);

/** In the order in which they came, whichever thread sent them. */
let waiting: { port: MessagePort; request: WriterRequest }[] = [];

function take(port: MessagePort, request: WriterRequest): void {
  // What is waiting on the ports is all here before an immediate runs.
  if (waiting.length === 0) setImmediate(work);
  waiting.push({ port, request });
}

function work(): void {
  const calls = waiting.map(({ request }) => request.call);
  const outcomes = executeGroup(connection, blobDir, calls);
  // Before the replies, so that a caller that has its reply finds the commit counted.
  Atomics.add(commits, 0, 1);
  const done = waiting.slice(0, outcomes.length);
  waiting = waiting.slice(outcomes.length);
  for (const [i, outcome] of outcomes.entries()) {
    const { port, request } = done[i] ?? {};
    if (request) port?.postMessage(toReply(request.id, outcome));
  }
  if (waiting.length > 0) setImmediate(work);
  else idle.refresh();
}

/** Commands come in bursts; this long a silence ends one. */
const IDLE_MS = 100;
const idle = setTimeout(tidy, IDLE_MS);
let later: NodeJS.Timeout | undefined;

function tidy(): void {
  if (waiting.length > 0) return;
  const again = optimize(connection);
  clearTimeout(later);
  if (again !== null) later = setTimeout(tidy, again);
}

function toReply(id: number, outcome: Outcome): WriterReply {
  if ('output' in outcome) return { id, output: outcome.output };
  const { error } = outcome;
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { id, error: { code: isAppError(error) ? error.code : null, message, stack } };
}

parentPort?.on('message', (message: { connect: MessagePort } | { close: true }) => {
  if ('close' in message) {
    while (waiting.length > 0) work();
    connection.raw.pragma('wal_checkpoint(TRUNCATE)');
    connection.raw.close();
    process.exit(0);
  }
  const port = message.connect;
  port.on('message', (request: WriterRequest) => take(port, request));
});
parentPort?.postMessage('ready');
