import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One server per data folder: two would take each other's jobs. A lock that a killed server left behind is taken over.
 * `wasKilled` tells of the latter.
 */
export function lockDataDir(dataDir: string): { release(): void; wasKilled: boolean } {
  const path = join(dataDir, 'lorebox.lock');
  let wasKilled = false;
  try {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(path, String(process.pid), { flag: 'wx' });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
      throw new Error(
        `${dataDir} can't be written by user ${process.getuid?.() ?? '?'}. Run: chown -R ${process.getuid?.() ?? 'USER'} ${dataDir}`,
      );
    }
    if (code !== 'EEXIST') throw error;
    const owner = Number(readFileSync(path, 'utf8'));
    if (owner !== process.pid && isAlive(owner)) {
      throw new Error(
        `Another Lorebox (process ${owner}) uses ${dataDir}. Stop it, or choose another LOREBOX_DATA_DIR.`,
      );
    }
    writeFileSync(path, String(process.pid));
    wasKilled = true;
  }
  return { release: () => rmSync(path, { force: true }), wasKilled };
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
