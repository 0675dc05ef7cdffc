import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { TextCutter } from '@lorebox/core/ingest/cut-text';
import { IngestRunner } from '@lorebox/core/ingest/ingest-runner';
import { createParserPool, findMissingLanguages } from '@lorebox/parsers/pool';
import { findSandbox } from '@lorebox/parsers/sandbox';
import type { Log } from '@lorebox/ports/runtime';
import { attachDatabase } from '@lorebox/storage/sqlite/database';
import { createFileBlobStore } from '@lorebox/storage/sqlite/file-blob-store';
import { plainFields } from '../../plain-fields.ts';
import type { FromIngestThread, IngestThreadData, ToIngestThread } from './messages.ts';
import { createReadyEmbedders } from './ready-embedders.ts';
import { speechOptions } from './speech-options.ts';

// The whole ingest lives on this thread: cutting a large text or taking in a parser's result never delays a request.
const { config, writer } = workerData as IngestThreadData;
const send = (message: FromIngestThread) => parentPort?.postMessage(message);
const logAt = (level: 'debug' | 'info' | 'warn' | 'error') => (fields: Record<string, unknown>, message: string) =>
  send({ kind: 'log', level, fields: plainFields(fields), message });
const log: Log = { debug: logAt('debug'), info: logAt('info'), warn: logAt('warn'), error: logAt('error') };

const ocr = {
  languages: config.ocr.languages,
  folders: [join(config.dataDir, 'ocr')],
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
// What a kill has left there.
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
    begin: ({ documentId }) => send({ kind: 'text-begin', documentId }),
    end: () => send({ kind: 'text-end' }),
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
  onProgress: () => send({ kind: 'progress' }),
});

parentPort?.on('message', async (message: ToIngestThread) => {
  if (message.kind === 'wake') runner.wake();
  else if (message.kind === 'abort') runner.abort(message.documentIds);
  else {
    await runner.stop();
    await Promise.allSettled([parser.close(), embedders.close()]);
    process.exit(0);
  }
});
await runner.start();
