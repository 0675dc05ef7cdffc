import { hash, randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@lorebox/contract/errors';
import type { BlobStore } from '@lorebox/ports/runtime';
import { blobPath } from '@lorebox/storage/sqlite/blobs/blob-files';

/** The server's blob store without fsync delays. Set `isFull` to reject all writes. */
export class TestBlobs implements BlobStore {
  isFull = false;
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  async requireSpace(): Promise<void> {
    if (this.isFull) throw new AppError('STORAGE_FULL');
  }

  readonly stage: BlobStore['stage'] = async (stream, { filename, contentType, maxBytes }) => {
    await this.requireSpace();
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of stream) {
      size += chunk.byteLength;
      if (size > maxBytes) throw new AppError('TOO_LARGE', `"${filename}" is larger than ${maxBytes} bytes.`);
      chunks.push(chunk);
    }
    const bytes = Buffer.concat(chunks);
    const path = join(this.folder, 'staging', randomUUID());
    await writeFile(path, bytes);
    return { path, sha256: hash('sha256', bytes), size, filename, contentType };
  };

  readonly discard: BlobStore['discard'] = (file) => rm(file.path, { force: true });

  readonly pathOf: BlobStore['pathOf'] = (sha256) => blobPath(this.folder, sha256);
}
