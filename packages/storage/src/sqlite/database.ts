import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import type { CandidateScorer, SearchIndex } from '@lorebox/ports/search-index';
import { openConnection } from './connection.ts';
import { dataFolder } from './data-folder.ts';
import { createSqliteSearchIndex } from './search/sqlite-search-index.ts';
import { createStores, type Stores } from './stores.ts';
import { connectWriter, startWriterThread } from './writer/writer.ts';

/** All stores and both search indexes over one SQLite file. */
export interface Database extends Stores {
  search: SearchIndex & CandidateScorer;
  /** Opens a port for another thread. Transfer it and call `attachDatabase` there. */
  openPort(): MessagePort;
  /** Returns a number that changes with every commit. Takes nanoseconds; SQLite's own `data_version` takes 15 us. */
  readVersion(): number;
  /** Loads large vector indexes before the first search. */
  warm(): Promise<void>;
  /** Returns true if a read works. */
  isHealthy(): boolean;
  close(): Promise<void>;
}

/**
 * Opens the database in a data folder and creates or migrates it if needed: the writer thread first, then the readers.
 */
export async function openDatabase(dataDir: string, options: { maxVectorBytes: number }): Promise<Database> {
  const folder = dataFolder(dataDir);
  for (const path of [folder.staging, folder.index]) mkdirSync(path, { recursive: true });
  for (const name of readdirSync(folder.staging)) rmSync(join(folder.staging, name), { force: true });
  const thread = await startWriterThread(folder.database, folder.blobs);
  await thread.writer.run('workspaces.reindexOutdated', { at: new Date() });
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

/**
 * Creates the stores on another thread, with their own reader and the single writer through a port of
 * `Database.openPort`.
 */
export function attachDatabase(dataDir: string, port: MessagePort) {
  const connection = openConnection(dataFolder(dataDir).database, { readonly: true, vectors: false });
  return createStores(connection, connectWriter(port));
}
