import { randomUUID } from 'node:crypto';
import { rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Machine } from '@lorebox/ports/runtime';
import { dataFolder } from '@lorebox/storage/sqlite/data-folder';

export function createMachine(dataDir: string, { minFreeBytes }: { minFreeBytes: number }): Machine {
  const { database, staging } = dataFolder(dataDir);
  return {
    async disk() {
      const { bavail, bsize } = await statfs(dataDir);
      return { freeBytes: bavail * bsize, minFreeBytes };
    },
    async isDataWritable() {
      const path = join(staging, randomUUID());
      try {
        await writeFile(path, 'x', { flag: 'wx' });
        return true;
      } catch {
        return false;
      } finally {
        await rm(path, { force: true }).catch(() => {});
      }
    },
    async databaseBytes() {
      const sizes = await Promise.all(
        [database, `${database}-wal`].map((path) =>
          stat(path).then(
            ({ size }) => size,
            () => 0,
          ),
        ),
      );
      return sizes.reduce((sum, size) => sum + size, 0);
    },
  };
}
