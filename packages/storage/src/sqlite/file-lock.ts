import Database from 'better-sqlite3';

export interface FileLock {
  release(): void;
}

/** Result codes that mean "another process holds it", as opposed to "locks don't work here". */
const HELD_CODES = new Set(['SQLITE_BUSY', 'SQLITE_LOCKED']);

/**
 * Acquires a lock that the kernel releases when the process ends for any reason: an empty SQLite file in an exclusive
 * transaction that never commits. A PID file can't do that: PIDs are reused, and a killed process keeps its PID until
 * it is reaped.
 * @returns null while another process holds the lock.
 * @throws the SQLite error if the file can't be opened or the file system can't lock.
 */
export function tryLockFile(path: string): FileLock | null {
  const file = new Database(path, { timeout: 0 });
  try {
    file.pragma('journal_mode = MEMORY'); // no journal file beside it
    file.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    file.close();
    if (error instanceof Database.SqliteError && HELD_CODES.has(error.code)) return null;
    throw error;
  }
  return { release: () => file.close() };
}
