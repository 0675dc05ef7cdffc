import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import type { AuditLog } from '@lorebox/ports/audit-log';
import type { AnswerStore, ThreadStore } from '@lorebox/ports/chat-stores';
import type { DocumentStore, IngestStore, JobStore } from '@lorebox/ports/document-stores';
import type { EmbeddingStore } from '@lorebox/ports/embedding-store';
import type { EvalStore } from '@lorebox/ports/eval-store';
import type { EventStore, WebhookStore } from '@lorebox/ports/event-stores';
import type { IdempotencyRows } from '@lorebox/ports/idempotency-rows';
import type { ApiKeyStore, SessionStore, SettingStore, UserStore } from '@lorebox/ports/identity-stores';
import type { CandidateScorer, SearchIndex } from '@lorebox/ports/search-index';
import type { SourceStore } from '@lorebox/ports/source-stores';
import type { VectorSyncStore } from '@lorebox/ports/vector-sync-store';
import type { WorkspaceStore } from '@lorebox/ports/workspace-stores';
import { createAnswerStore } from './answers/store.ts';
import { createApiKeyStore } from './api-keys/store.ts';
import { createAuditLog } from './audit/store.ts';
import { type Connection, openConnection } from './connection.ts';
import { createDocumentStore } from './documents/store.ts';
import { createEmbeddingStore } from './embeddings/store.ts';
import { createEvalStore } from './evals/store.ts';
import { createEventStore } from './events/store.ts';
import { createIdempotencyRows } from './idempotency/store.ts';
import { createIngestStore } from './ingest/store.ts';
import { createJobStore } from './jobs/store.ts';
import { createSqliteSearchIndex } from './search/sqlite-search-index.ts';
import { createSessionStore } from './sessions/store.ts';
import { createSettingStore } from './settings/store.ts';
import { createSourceStore } from './sources/store.ts';
import { createThreadStore } from './threads/store.ts';
import { createUserStore } from './users/store.ts';
import { createVectorSyncStore } from './vector-syncs/store.ts';
import { createWebhookStore } from './webhooks/store.ts';
import { createWorkspaceStore } from './workspaces/store.ts';
import { connectWriter, startWriterThread, type Writer } from './writer/writer.ts';

/** Everything that is kept, over one SQLite file: the stores of all entities and both halves of search. */
export interface Database {
  users: UserStore;
  sessions: SessionStore;
  apiKeys: ApiKeyStore;
  audit: AuditLog;
  settings: SettingStore;
  workspaces: WorkspaceStore;
  threads: ThreadStore;
  answers: AnswerStore;
  documents: DocumentStore;
  ingest: IngestStore;
  jobs: JobStore;
  embeddings: EmbeddingStore;
  evals: EvalStore;
  events: EventStore;
  webhooks: WebhookStore;
  sources: SourceStore;
  idempotencyRows: IdempotencyRows;
  vectorSyncs: VectorSyncStore;
  search: SearchIndex & CandidateScorer;
  /** For another thread: hand it over and call `attachDatabase` there. */
  openPort(): MessagePort;
  /** Another number whenever anything was committed here; nanoseconds, where SQLite's own `data_version` takes 15 us. */
  readVersion(): number;
  /** Reads large vector indexes before the first search asks for them. */
  warm(): Promise<void>;
  /** True when a read works. */
  isHealthy(): boolean;
  close(): Promise<void>;
}

export interface DataFolder {
  database: string;
  blobs: string;
  staging: string;
  /** What can be made anew from the database. */
  index: string;
}

export function dataFolder(dataDir: string): DataFolder {
  const blobs = join(dataDir, 'blobs');
  return {
    database: join(dataDir, 'lorebox.db'),
    blobs,
    staging: join(blobs, 'staging'),
    index: join(dataDir, 'index'),
  };
}

/** Opens (and creates or migrates) the database in a data folder: the writer thread first, then the readers. */
export async function openDatabase(dataDir: string, options: { maxVectorBytes: number }): Promise<Database> {
  const folder = dataFolder(dataDir);
  for (const path of [folder.staging, folder.index]) mkdirSync(path, { recursive: true });
  for (const name of readdirSync(folder.staging)) rmSync(join(folder.staging, name), { force: true });
  const thread = await startWriterThread(folder.database, folder.blobs);
  await thread.writer.run('texts.follow', { at: new Date() });
  const connection = openConnection(folder.database, { readonly: true, vectors: false });
  const { maxVectorBytes } = options;
  const search = createSqliteSearchIndex(folder.database, connection, { maxVectorBytes, vectorFiles: folder.index });
  return {
    ...createStores(connection, thread.writer),
    search,
    openPort: thread.openPort,
    readVersion: thread.readVersion,
    warm: search.warm,
    isHealthy: () => connection.raw.prepare('select 1 one').get() !== undefined,
    async close() {
      await search.close();
      await thread.close();
      connection.raw.close();
    },
  };
}

/** The stores on another thread: an own reader, and the one writer through a port of `Database.openPort`. */
export function attachDatabase(dataDir: string, port: MessagePort) {
  const connection = openConnection(dataFolder(dataDir).database, { readonly: true, vectors: false });
  return createStores(connection, connectWriter(port));
}

function createStores(connection: Connection, plainWriter: Writer) {
  const { audit, audited: writer } = createAuditLog(connection, plainWriter);
  return {
    audit,
    users: createUserStore(connection, writer),
    sessions: createSessionStore(connection, writer),
    apiKeys: createApiKeyStore(connection, writer),
    settings: createSettingStore(connection, writer),
    workspaces: createWorkspaceStore(connection, writer),
    threads: createThreadStore(connection, writer),
    answers: createAnswerStore(connection, writer),
    documents: createDocumentStore(connection, writer),
    ingest: createIngestStore(connection, writer),
    jobs: createJobStore(connection),
    embeddings: createEmbeddingStore(connection, writer),
    evals: createEvalStore(connection, writer),
    events: createEventStore(connection, writer),
    webhooks: createWebhookStore(connection, writer),
    sources: createSourceStore(connection, writer),
    idempotencyRows: createIdempotencyRows(connection, writer),
    vectorSyncs: createVectorSyncStore(connection, writer),
  };
}
