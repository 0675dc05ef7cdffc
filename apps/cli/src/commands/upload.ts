import type { Accepted, OnSamePath } from '@lorebox/sdk';
import { type Command, Option } from 'commander';
import { type Cli, EXIT, openCli } from '../context.ts';
import { findFiles } from '../find-files.ts';
import { plural, printJson, printLine } from '../output.ts';
import { uploadFiles } from '../upload-files.ts';
import { waitForDocuments } from '../wait-for-documents.ts';

interface UploadCommandOptions {
  wait?: boolean;
  onSamePath: OnSamePath;
}

export function addUploadCommand(program: Command): void {
  program
    .command('upload')
    .argument('<workspace>', 'slug or id')
    .argument('<path...>', 'files or folders to upload')
    .option('--wait', 'wait until every document is searchable or has failed')
    .addOption(
      new Option(
        '--on-same-path <action>',
        'for files whose path or name is in the workspace with other content: keep both, replace the document, or reject the upload',
      )
        .choices(['add', 'replace', 'reject'])
        .default('add'),
    )
    .description('upload documents')
    .action(async (workspace: string, paths: string[], options: UploadCommandOptions, command: Command) => {
      const cli = openCli(command);
      const accepted = await uploadFiles(cli, workspace, await findFiles(paths), options.onSamePath);
      await report(cli, accepted, options.wait ?? false);
    });
}

/** Prints the result of an upload or import. Exit code 3 if documents failed. */
export async function report(cli: Cli, accepted: Accepted['documents'], isWaiting: boolean): Promise<void> {
  const ids = accepted.map(({ id }) => id);
  const failed = isWaiting ? await waitForDocuments(cli, [...new Set(ids)]) : [];
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
    printLine(`${plural(accepted.length, 'document')}: ${state}`);
    for (const { filename, reason, message } of failed) printLine(`  ${filename}: ${reason}: ${message}`);
  }
  if (failed.length > 0) process.exitCode = EXIT.partly;
}
