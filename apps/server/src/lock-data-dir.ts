import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FileLock, tryLockFile } from '@lorebox/storage/sqlite/file-lock';

export interface DataDirLock {
  /** Whether the last server in this folder did not shut down gracefully. */
  wasKilled: boolean;
  release(): void;
}

export interface LockOptions {
  /** How long to wait for another server that is stopping or being killed. */
  waitMs: number;
  /** Called once if the folder is in use and the wait begins. */
  onWait(owner: string): void;
  /** Replaced in tests, because file systems without locks are hard to set up. */
  tryLock?: (path: string) => FileLock | null;
}

const POLL_INTERVAL_MS = 50;
const ACCESS_CODES = new Set(['EACCES', 'EPERM', 'EROFS', 'SQLITE_READONLY', 'SQLITE_CANTOPEN', 'SQLITE_PERM']);

/**
 * Allows one server per data folder: two would take each other's jobs. The lock belongs to the process and ends with
 * it. The `running` file only shows the owner to people, and tells the next start whether this process was killed.
 * @throws Error with a user-facing message if the folder is not writable, can't be locked, or is still in use after
 * `waitMs`.
 */
export async function lockDataDir(dataDir: string, options: LockOptions): Promise<DataDirLock> {
  const lockPath = join(dataDir, 'instance.lock');
  const runningPath = join(dataDir, 'running');
  const lock = await waitForLock(dataDir, lockPath, runningPath, options);
  try {
    const wasKilled = existsSync(runningPath);
    writeFileSync(runningPath, `process ${process.pid}\n`);
    return {
      wasKilled,
      release() {
        rmSync(runningPath, { force: true });
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw explain(dataDir, error);
  }
}

async function waitForLock(
  dataDir: string,
  lockPath: string,
  runningPath: string,
  { waitMs, onWait, tryLock = tryLockFile }: LockOptions,
): Promise<FileLock> {
  const deadline = performance.now() + waitMs;
  for (let hasWaited = false; ; hasWaited = true) {
    let lock: FileLock | null;
    try {
      mkdirSync(dataDir, { recursive: true, mode: 0o700 });
      lock = tryLock(lockPath);
    } catch (error) {
      throw explain(dataDir, error);
    }
    if (lock) return lock;
    const owner = readOwner(runningPath);
    if (performance.now() >= deadline)
      throw new Error(`Another Lorebox (${owner}) is using ${dataDir}. Stop it, or choose another LOREBOX_DATA_DIR.`);
    if (!hasWaited) onWait(owner);
    await sleep(POLL_INTERVAL_MS);
  }
}

function readOwner(runningPath: string): string {
  try {
    return readFileSync(runningPath, 'utf8').trim() || 'process unknown';
  } catch {
    return 'process unknown';
  }
}

function explain(dataDir: string, error: unknown): Error {
  const cause = error instanceof Error ? error : new Error(String(error));
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  if (ACCESS_CODES.has(code)) {
    const user = process.getuid?.() ?? 'USER';
    return new Error(`User ${user} can't write to ${dataDir}. Run: chown -R ${user} ${dataDir}`, { cause });
  }
  if (code.startsWith('SQLITE_IOERR') || code === 'SQLITE_PROTOCOL' || code === 'SQLITE_NOLFS') {
    return new Error(
      `The file system of ${dataDir} doesn't support file locking (${code}), which SQLite needs to keep data safe. Use a local disk, or mount the network share with locking (NFS: with lockd, not "nolock").`,
      { cause },
    );
  }
  if (code === 'ENOSPC' || code === 'SQLITE_FULL')
    return new Error(`The disk of ${dataDir} is full. Free up space.`, { cause });
  return cause;
}
