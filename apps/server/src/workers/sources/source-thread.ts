import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { WorkspaceRoom } from '@lorebox/core/limits/workspace-room';
import { SourceRunner } from '@lorebox/core/sources/source-runner';
import { connectors } from '@lorebox/providers/connector/registry';
import { createFileBlobStore } from '@lorebox/storage/sqlite/blobs/file-blob-store';
import { attachDatabase } from '@lorebox/storage/sqlite/database';
import { createNotify } from '@lorebox/worker-rpc/notify';
import { serveCalls } from '@lorebox/worker-rpc/serve-calls';
import type { Config } from '../../config.ts';
import { createVault } from '../../identity/vault.ts';
import type { LogMethods } from '../supervised-worker.ts';
import { createThreadLog } from '../thread-log.ts';
import type { SourceHostMethods } from './host-methods.ts';
import { createSourceHosts, hostOptionsOf } from './source-hosts.ts';

export interface SourceThreadData {
  config: Config;
  writer: MessagePort;
}

// All syncing runs on this thread, so listing a hundred thousand files or reading a large page never delays a request.
if (!parentPort) throw new Error('source-thread.ts must run as a worker thread');
const { config, writer }: SourceThreadData = workerData;
const notify = createNotify<SourceHostMethods & LogMethods>(parentPort);
const log = createThreadLog(notify);

/** Delays before a failed request is retried. If a server requests a longer delay, the sync run is postponed. */
const REQUEST_RETRY_MS = [1000, 4000, 15_000];
const WAKE_MS = 50;

let isWaking = false;
/** Wakes the ingest at most every 50 ms, because documents arrive by the hundred. */
function wakeIngest(): void {
  if (isWaking) return;
  isWaking = true;
  setTimeout(() => {
    isWaking = false;
    notify('documentsAdded', undefined);
  }, WAKE_MS);
}

const { sources, documents } = attachDatabase(config.dataDir, writer);
const clock = { now: Date.now };
const runner = new SourceRunner(
  {
    sources,
    blobs: createFileBlobStore(config.dataDir, { minFreeBytes: config.storage.minFreeBytes }),
    room: new WorkspaceRoom(documents, config.limits, clock),
    connectors,
    hosts: createSourceHosts(hostOptionsOf(config)),
    vault: createVault(config.dataDir),
    clock,
    log,
    maxBytes: config.http.maxUploadBytes,
    wakeIngest,
  },
  {
    concurrency: config.sources.concurrency,
    retryDelaysMs: config.sources.retryDelaysMs,
    requestRetryDelaysMs: REQUEST_RETRY_MS,
  },
);

const methods = {
  wake: (_input: null) => runner.wake(),
  ping: (_input: null) => notify('pong', undefined),
  abort: (sourceId: string) => runner.abort(sourceId),
};
export type SourceMethods = typeof methods;

serveCalls(parentPort, methods, async () => {
  await runner.stop();
  process.exit(0);
});
// An error that a library throws outside of a call fails only its own request, not all other sync runs.
process.on('unhandledRejection', (err) => log.error({ err }, 'unhandled rejection in source thread'));
process.on('uncaughtException', (err) => log.error({ err }, 'uncaught exception in source thread'));
runner.start();
