import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { TextCutter } from '@lorebox/core/ingest/cut-text';
import { IngestRunner } from '@lorebox/core/ingest/ingest-runner';
import { createParserPool, findMissingLanguages } from '@lorebox/parsers/pool';
import { findSandbox } from '@lorebox/parsers/sandbox';
import type { Log } from '@lorebox/ports/runtime';
import { createFileBlobStore } from '@lorebox/storage/sqlite/blobs/file-blob-store';
import { attachDatabase } from '@lorebox/storage/sqlite/database';
import { plainFields } from '../plain-fields.ts';
import type { FromIngestThread, IngestThreadData, ToIngestThread } from './messages.ts';
import { createReadyEmbedders } from './ready-embedders.ts';
import { speechOptions } from './speech-options.ts';

// The whole ingest lives on this thread: cutting a large text or taking in a parser's result never delays a request.
const { env, writer } = workerData as IngestThreadData;
const send = (message: FromIngestThread) => parentPort?.postMessage(message);
const logAt = (level: 'debug' | 'info' | 'warn' | 'error') => (fields: Record<string, unknown>, message: string) =>
  send({ kind: 'log', level, fields: plainFields(fields), message });
const log: Log = { debug: logAt('debug'), info: logAt('info'), warn: logAt('warn'), error: logAt('error') };

const ocr = {
  languages: env.LOREBOX_OCR_LANGUAGES,
  folders: [join(env.LOREBOX_DATA_DIR, 'ocr')],
  concurrency: env.LOREBOX_OCR_CONCURRENCY,
  pageDeadlineMs: env.LOREBOX_OCR_PAGE_SECONDS * 1000,
};
const isOcrOn = env.LOREBOX_OCR === 'on';
const missing = isOcrOn ? findMissingLanguages(ocr) : [];
if (missing.length > 0) log.warn({ missing }, 'OCR language data missing, see docs/ocr.md');
const speech = speechOptions(env);
if (speech && !speech.endpoint && !existsSync(speech.modelPath)) {
  log.warn({ path: speech.modelPath }, 'speech model missing, see docs/speech.md');
}
const workFolder = join(env.LOREBOX_DATA_DIR, 'parsing');
// What a kill has left there.
rmSync(workFolder, { recursive: true, force: true });
const parser = createParserPool({
  sandbox: await findSandbox(env.LOREBOX_PARSER_SANDBOX),
  workFolder,
  concurrency: env.LOREBOX_PARSE_CONCURRENCY,
  deadlineMs: env.LOREBOX_PARSE_TIMEOUT_SECONDS * 1000,
  maxMemoryBytes: env.LOREBOX_PARSE_MEMORY_MB * 1024 * 1024,
  ...(isOcrOn ? { ocr } : {}),
  ...(speech ? { speech } : {}),
});
const blobs = createFileBlobStore(env.LOREBOX_DATA_DIR, { minFreeBytes: 0 });
const database = attachDatabase(env.LOREBOX_DATA_DIR, writer);
const embedders = createReadyEmbedders(database, env);
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
  concurrency: env.LOREBOX_INGEST_CONCURRENCY,
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
