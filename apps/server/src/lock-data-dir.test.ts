import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockDataDir } from './lock-data-dir.ts';

const NO_WAIT = { waitMs: 0, onWait: () => {} };
let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'lorebox-lock-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** Starts a process that holds the lock until it is killed. */
async function holdLock() {
  const script = `
    const { lockDataDir } = await import(${JSON.stringify(join(import.meta.dirname, 'lock-data-dir.ts'))});
    await lockDataDir(${JSON.stringify(dataDir)}, { waitMs: 0, onWait() {} });
    console.log('locked');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

it('rejects a second server, names the first one, and starts after a graceful shutdown', async () => {
  const holder = await holdLock();
  await expect(lockDataDir(dataDir, NO_WAIT)).rejects.toThrow(
    `Another Lorebox (process ${holder.pid}) is using ${dataDir}`,
  );
  holder.kill('SIGKILL');
  const lock = await lockDataDir(dataDir, { ...NO_WAIT, waitMs: 10_000 });
  expect(lock.wasKilled).toBe(true);
  lock.release();
  const next = await lockDataDir(dataDir, NO_WAIT);
  expect(next.wasKilled).toBe(false);
  next.release();
  expect(readdirSync(dataDir)).toEqual(['instance.lock']);
});

it('waits for a server that is shutting down and reports it once', async () => {
  const holder = await holdLock();
  const waits: string[] = [];
  const waiting = lockDataDir(dataDir, {
    waitMs: 10_000,
    onWait(owner) {
      waits.push(owner);
      holder.kill('SIGKILL');
    },
  });
  (await waiting).release();
  expect(waits).toEqual([`process ${holder.pid}`]);
});

it('ignores a lock file whose process ID was reused by another process after a kill', async () => {
  writeFileSync(join(dataDir, 'running'), `process ${process.ppid}\n`);
  writeFileSync(join(dataDir, 'lorebox.lock'), String(process.ppid));
  const lock = await lockDataDir(dataDir, NO_WAIT);
  expect(lock.wasKilled).toBe(true);
  lock.release();
});

it.each([
  ['SQLITE_IOERR_LOCK', /doesn't support file locking \(SQLITE_IOERR_LOCK\).*NFS/],
  ['SQLITE_PROTOCOL', /doesn't support file locking/],
  ['SQLITE_CANTOPEN', /User .* can't write to .* Run: chown/],
  ['EROFS', /can't write to/],
  ['ENOSPC', /disk of .* is full/],
])('explains the problem with a folder whose lock fails with %s', async (code, message) => {
  const tryLock = () => {
    throw Object.assign(new Error('disk I/O error'), { code });
  };
  await expect(lockDataDir(dataDir, { ...NO_WAIT, tryLock })).rejects.toThrow(message);
});
