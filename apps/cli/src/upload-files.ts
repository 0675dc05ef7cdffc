import { basename } from 'node:path';
import type { Accepted, FileDetails, OnSamePath } from '@lorebox/sdk';
import type { Cli } from './context.ts';
import type { FoundFile } from './find-files.ts';
import { ProgressBar } from './progress.ts';

const FILES_PER_REQUEST = 50;
const BYTES_PER_REQUEST = 32 * 1024 * 1024;

export type SentFile = FoundFile & Omit<FileDetails, 'relativePath'>;

/** Uploads files in batches. Returns the results in the order of the files. */
export async function uploadFiles(
  { lorebox, isTerminal }: Cli,
  workspace: string,
  files: readonly SentFile[],
  onSamePath?: OnSamePath,
): Promise<Accepted['documents']> {
  const bar = new ProgressBar('Uploading', isTerminal);
  const totalBytes = files.reduce((sum, { size }) => sum + size, 0);
  const accepted: Accepted['documents'] = [];
  let sentBefore = 0;
  for (const batch of batchFiles(files)) {
    const parts = batch.map(({ path, externalId, metadata, relativePath }) => ({
      ...{ path, externalId, metadata },
      ...(relativePath !== null && { relativePath }),
    }));
    const before = sentBefore;
    const onProgress = ({ sentBytes }: { sentBytes: number }) =>
      bar.updateBytes(before + sentBytes, totalBytes, nameAt(batch, sentBytes));
    accepted.push(...(await lorebox.documents.upload(workspace, parts, { onProgress, onSamePath })).documents);
    sentBefore += batch.reduce((sum, { size }) => sum + size, 0);
  }
  bar.finish();
  return accepted;
}

/** Returns the file that contains this byte. */
function nameAt(files: readonly FoundFile[], sentBytes: number): string {
  let end = 0;
  for (const { path, size } of files) {
    end += size;
    if (sentBytes <= end) return basename(path);
  }
  return '';
}

function batchFiles(files: readonly SentFile[]): SentFile[][] {
  const batches: SentFile[][] = [];
  let bytes = 0;
  for (const file of files) {
    const current = batches.at(-1);
    if (current && current.length < FILES_PER_REQUEST && bytes + file.size <= BYTES_PER_REQUEST) {
      current.push(file);
      bytes += file.size;
    } else {
      batches.push([file]);
      bytes = file.size;
    }
  }
  return batches;
}
