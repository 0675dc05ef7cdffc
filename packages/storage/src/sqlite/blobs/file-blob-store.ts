import { createHash, randomUUID } from 'node:crypto';
import { open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@lorebox/contract/errors';
import type { BlobStore } from '@lorebox/ports/runtime';
import { dataFolder } from '../data-folder.ts';
import { blobPath } from './blob-files.ts';

/** Stores bytes in the data folder. File names of documents are data: they are never used in a path. */
export function createFileBlobStore(dataDir: string, { minFreeBytes }: { minFreeBytes: number }): BlobStore {
  const { blobs, staging } = dataFolder(dataDir);
  async function requireSpace(): Promise<void> {
    const { bavail, bsize } = await statfs(blobs);
    const free = bavail * bsize;
    if (free >= minFreeBytes) return;
    const message = `Not enough disk space: ${inMb(free)} MB left, ${inMb(minFreeBytes)} MB must stay free. Free up space, or lower LOREBOX_MIN_FREE_DISK_MB.`;
    throw new AppError('STORAGE_FULL', message);
  }
  return {
    requireSpace,
    async stage(stream, { filename, contentType, maxBytes }) {
      await requireSpace();
      const path = join(staging, randomUUID());
      const hash = createHash('sha256');
      let size = 0;
      const file = await open(path, 'wx');
      try {
        for await (const chunk of stream) {
          size += chunk.byteLength;
          if (size > maxBytes) throw new AppError('TOO_LARGE', `"${filename}" is larger than ${maxBytes} bytes.`);
          hash.update(chunk);
          await file.write(chunk);
        }
        await file.sync();
      } catch (error) {
        await file.close();
        await rm(path, { force: true });
        const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
        throw isFull ? new AppError('STORAGE_FULL', undefined, { cause: error }) : error;
      }
      await file.close();
      return { path, sha256: hash.digest('hex'), size, filename, contentType };
    },
    discard: (file) => rm(file.path, { force: true }),
    pathOf: (sha256) => blobPath(blobs, sha256),
  };
}

const inMb = (bytes: number) => Math.floor(bytes / 1024 / 1024);
