import Database from 'better-sqlite3';
import * as sqliteVec from 'sqlite-vec';
import { type BetterSQLite3Database, drizzle } from '../drizzle.ts';

export interface Connection {
  raw: Database.Database;
  orm: BetterSQLite3Database;
}

/**
 * Opens the database file, or a serialized database in memory. Readers see the last commit (WAL) and can't write. There
 * is a single writer, see writer/.
 */
export function openConnection(path: string | Buffer, options: { readonly: boolean; vectors: boolean }): Connection {
  const raw = new Database(path, { readonly: options.readonly });
  raw.pragma('busy_timeout = 5000');
  if (!options.readonly) {
    raw.pragma('journal_mode = WAL');
    // In WAL mode, NORMAL survives kill -9. A power failure can lose the last commits but never corrupts the file.
    raw.pragma('synchronous = NORMAL');
    raw.pragma('foreign_keys = ON');
    raw.pragma('wal_autocheckpoint = 4000');
    raw.pragma('secure_delete = ON');
  }
  raw.pragma('cache_size = -16000');
  raw.pragma('temp_store = MEMORY');
  if (options.vectors) sqliteVec.load(raw);
  return { raw, orm: drizzle(raw) };
}
