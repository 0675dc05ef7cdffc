import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const PRIVATE_FILE = /^(lorebox\.db|secret\.key|instance\.lock|running)/;

/**
 * Makes the data folder, and all files that this process creates from now on, readable only by the owner.
 * @returns paths whose permissions couldn't be changed, for a warning (another owner, or a file system without
 * permissions).
 */
export function secureDataDir(dataDir: string): string[] {
  process.umask(0o077);
  const failed: string[] = [];
  const setMode = (path: string, mode: number) => {
    try {
      chmodSync(path, mode);
    } catch {
      failed.push(path);
    }
  };
  setMode(dataDir, 0o700);
  for (const entry of readdirSync(dataDir, { withFileTypes: true })) {
    if (entry.isFile() && PRIVATE_FILE.test(entry.name)) setMode(join(dataDir, entry.name), 0o600);
    if (entry.isDirectory()) setMode(join(dataDir, entry.name), 0o700);
  }
  return failed;
}
