import { parentPort, workerData } from 'node:worker_threads';
import { WorkspaceRoom } from '@lorebox/core/limits/workspace-room';
import { SourceRunner } from '@lorebox/core/sources/source-runner';
import type { Log } from '@lorebox/ports/runtime';
import { connectors } from '@lorebox/providers/connector/registry';
import { attachDatabase } from '@lorebox/storage/sqlite/database';
import { createFileBlobStore } from '@lorebox/storage/sqlite/file-blob-store';
import { createVault } from '../../identity/vault.ts';
import { plainFields } from '../../plain-fields.ts';
import type { FromSourceThread, SourceThreadData, ToSourceThread } from './messages.ts';
import { createSourceHosts, hostOptionsOf } from './source-hosts.ts';

// All syncing lives on this thread: a listing of a hundred thousand files, or a page of megabytes, never delays a request.
const { config, writer } = workerData as SourceThreadData;
const send = (message: FromSourceThread) => parentPort?.postMessage(message);
const logAt = (level: 'debug' | 'info' | 'warn' | 'error') => (fields: Record<string, unknown>, message: string) =>
  send({ kind: 'log', level, fields: plainFields(fields), message });
const log: Log = { debug: logAt('debug'), info: logAt('info'), warn: logAt('warn'), error: logAt('error') };

/** Pauses before a request of a sync is sent again; longer ones postpone the sync. */
const REQUEST_RETRY_MS = [1000, 4000, 15_000];
const WAKE_MS = 50;

let isWaking = false;
/** Documents come by the hundred; the ingest wants to hear of them now and then. */
function wakeIngest(): void {
  if (isWaking) return;
  isWaking = true;
  setTimeout(() => {
    isWaking = false;
    send({ kind: 'documents' });
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

parentPort?.on('message', async (message: ToSourceThread) => {
  if (message.kind === 'wake') runner.wake();
  else if (message.kind === 'ping') send({ kind: 'pong' });
  else if (message.kind === 'abort') runner.abort(message.sourceId);
  else {
    await runner.stop();
    process.exit(0);
  }
});
// A library that throws where nobody listens ends its own request, not every other sync.
process.on('unhandledRejection', (err) => log.error({ err }, 'unhandled rejection in source thread'));
process.on('uncaughtException', (err) => log.error({ err }, 'uncaught exception in source thread'));
runner.start();
