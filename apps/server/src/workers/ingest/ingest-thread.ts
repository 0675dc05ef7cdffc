import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { TextCutter } from '@lorebox/core/ingest/cut-text';
import { IngestRunner } from '@lorebox/core/ingest/ingest-runner';
import { createParserPool, findMissingLanguages } from '@lorebox/parsers/pool';
import { findSandbox } from '@lorebox/parsers/sandbox';
import { createFileBlobStore } from '@lorebox/storage/sqlite/blobs/file-blob-store';
import { attachDatabase } from '@lorebox/storage/sqlite/database';
import { createNotify } from '@lorebox/worker-rpc/notify';
import { serveCalls } from '@lorebox/worker-rpc/serve-calls';
import type { Config } from '../../config.ts';
import type { LogMethods } from '../supervised-worker.ts';
import { createThreadLog } from '../thread-log.ts';
import type { IngestHostMethods } from './host-methods.ts';
import { createReadyEmbedders } from './ready-embedders.ts';
import { speechOptions } from './speech-options.ts';

export interface IngestThreadData {
  config: Config;
  writer: MessagePort;
}

// The whole ingest runs on this thread, so chunking a large text or receiving a parser's result never delays a request.
if (!parentPort) throw new Error('ingest-thread.ts must run as a worker thread');
const { config, writer }: IngestThreadData = workerData;
const notify = createNotify<IngestHostMethods & LogMethods>(parentPort);
const log = createThreadLog(notify);

const ocr = {
  languages: config.ocr.languages,
  folders: [join(config.dataDir, 'ocr')],
  minConfidence: config.ocr.minConfidence,
  concurrency: config.ocr.concurrency,
  pageDeadlineMs: config.ocr.pageTimeoutMs,
};
const missing = config.ocr.isEnabled ? findMissingLanguages(ocr) : [];
if (missing.length > 0) log.warn({ missing }, 'OCR language data missing, see docs/ocr.md');
const speech = speechOptions(config);
if (speech && !speech.endpoint && !existsSync(speech.modelPath)) {
  log.warn({ path: speech.modelPath }, 'speech model missing, see docs/speech.md');
}
const workFolder = join(config.dataDir, 'parsing');
// Files left behind by a killed server.
rmSync(workFolder, { recursive: true, force: true });
const parser = createParserPool({
  sandbox: await findSandbox(config.parser.sandbox),
  workFolder,
  concurrency: config.parser.concurrency,
  deadlineMs: config.parser.timeoutMs,
  maxMemoryBytes: config.parser.maxMemoryBytes,
  ...(config.ocr.isEnabled ? { ocr } : {}),
  ...(speech ? { speech } : {}),
});
const blobs = createFileBlobStore(config.dataDir, { minFreeBytes: 0 });
const database = attachDatabase(config.dataDir, writer);
const embedders = createReadyEmbedders(database, config);
const deps = {
  store: database.ingest,
  texts: new TextCutter(database.ingest, {
    begin: ({ documentId }) => notify('textBegin', documentId),
    end: () => notify('textEnd', undefined),
  }),
  embeddings: database.embeddings,
  parser,
  embedderFor: embedders.forWorkspace,
  embedderNamed: embedders.named,
  isLocalOnly: embedders.isLocalOnly,
  pathOf: blobs.pathOf,
  clock: { now: Date.now },
};
const runner = new IngestRunner(deps, {
  concurrency: config.ingest.concurrency,
  log,
  onProgress: () => notify('progress', undefined),
});

const methods = {
  wake: (_input: null) => runner.wake(),
  abort: (documentIds: readonly string[]) => runner.abort(documentIds),
};
export type IngestMethods = typeof methods;

serveCalls(parentPort, methods, async () => {
  await runner.stop();
  await Promise.allSettled([parser.close(), embedders.close()]);
  process.exit(0);
});
await runner.start();
