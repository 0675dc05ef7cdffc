import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import type { Accepted } from '@lorebox/sdk';
import type { Command } from 'commander';
import { type Cli, EXIT, openCli, printJson, printLine } from '../context.ts';
import { type FoundFile, findFiles } from '../find-files.ts';
import { ProgressBar } from '../progress.ts';
import { waitForDocuments } from '../wait-for-documents.ts';

const FILES_PER_REQUEST = 50;
const BYTES_PER_REQUEST = 32 * 1024 * 1024;

export function addUploadCommand(program: Command): void {
  program
    .command('upload')
    .argument('<workspace>', 'slug or id')
    .argument('<path...>', 'files or folders to upload')
    .option('--wait', 'wait until every document is searchable or has failed')
    .description('upload documents')
    .action(async (workspace: string, paths: string[], options: { wait?: boolean }, command: Command) => {
      const cli = openCli(command);
      const accepted = await uploadFiles(cli, workspace, await findFiles(paths));
      await report(cli, workspace, accepted, options.wait ?? false);
    });
}

export async function uploadFiles(
  cli: Cli,
  workspace: string,
  files: readonly FoundFile[],
): Promise<Accepted['documents']> {
  const bar = new ProgressBar('Uploading', cli.isTerminal);
  const accepted: Accepted['documents'] = [];
  for (const batch of batchFiles(files)) {
    bar.update(accepted.length, files.length);
    const blobs = await Promise.all(
      batch.map(async ({ path }) => ({ name: basename(path), data: await openAsBlob(path) })),
    );
    accepted.push(...(await cli.lorebox.documents.upload(workspace, blobs)).documents);
  }
  bar.finish();
  return accepted;
}

function batchFiles(files: readonly FoundFile[]): FoundFile[][] {
  const batches: FoundFile[][] = [];
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

/** What became of an upload or import; exit code 3 when something failed. */
export async function report(
  cli: Cli,
  workspace: string,
  accepted: Accepted['documents'],
  isWaiting: boolean,
): Promise<void> {
  const ids = new Set(accepted.map(({ id }) => id));
  const failed = isWaiting ? await waitForDocuments(cli, workspace, ids) : [];
  if (cli.isJson) {
    const failures = new Map(failed.map((document) => [document.id, document]));
    const documents = accepted.map((document) => {
      const failure = failures.get(document.id);
      const status = failure ? 'failed' : isWaiting ? 'ready' : document.status;
      return { ...document, status, reason: failure?.reason ?? null, message: failure?.message ?? null };
    });
    printJson({ documents });
  } else {
    const state = isWaiting ? `${accepted.length - failed.length} ready, ${failed.length} failed` : 'being processed';
    printLine(`${accepted.length} ${accepted.length === 1 ? 'document' : 'documents'}: ${state}`);
    for (const { filename, reason, message } of failed) printLine(`  ${filename}: ${reason}: ${message}`);
  }
  if (failed.length > 0) process.exitCode = EXIT.partly;
}
