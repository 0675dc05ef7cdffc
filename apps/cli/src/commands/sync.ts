import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { confirm } from '../confirm.ts';
import { type Cli, EXIT, openCli } from '../context.ts';
import { findFilesIn } from '../find-files.ts';
import { plural, printJson, printLine } from '../output.ts';
import { ProgressBar } from '../progress.ts';
import { externalIdOf, FOLDER_KEY, HASH_KEY, type LocalFile, planSync, type SyncPlan } from '../sync-plan.ts';
import { uploadFiles } from '../upload-files.ts';
import { waitForDocuments } from '../wait-for-documents.ts';

/** Maximum number of documents deleted per request. */
const DELETE_BATCH = 1000;

interface SyncOptions {
  name?: string;
  dryRun?: boolean;
  yes?: boolean;
  wait?: boolean;
}

export function addSyncCommand(program: Command): void {
  program
    .command('sync')
    .argument('<workspace>', 'slug or id')
    .argument('<folder>', 'folder to mirror')
    .option('--name <name>', 'name of the folder in the workspace (default: the name of the folder)')
    .option('--dry-run', 'print what would be done, and do nothing')
    .option('-y, --yes', 'delete documents of missing files without asking')
    .option('--wait', 'wait until every document is searchable or has failed')
    .description('mirror a folder into a workspace: add new files, replace changed ones, delete missing ones')
    .action(async (workspace: string, folder: string, options: SyncOptions, command: Command) => {
      const cli = openCli(command);
      const name = options.name ?? basename(resolve(folder));
      const files = await hashFiles(cli, folder);
      const documents = await cli.lorebox.documents.list(workspace, { limit: 200 }).toArray();
      const plan = planSync(name, files, documents);
      if (options.dryRun) return printPlan(cli, plan);
      const isDeleting =
        plan.remove.length > 0 &&
        (await confirm(`Delete ${plural(plan.remove.length, 'document')} of files that are gone?`, options.yes));
      await apply(cli, workspace, name, { ...plan, remove: isDeleting ? plan.remove : [] }, options.wait ?? false);
    });
}

async function hashFiles({ isTerminal }: Cli, folder: string): Promise<LocalFile[]> {
  const bar = new ProgressBar('Comparing', isTerminal);
  const files: LocalFile[] = [];
  const found = await findFilesIn(folder);
  for (const file of found) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(file.path), hash);
    files.push({ ...file, relativePath: file.relativePath ?? basename(file.path), sha256: hash.digest('hex') });
    bar.update(files.length, found.length, file.relativePath ?? '');
  }
  bar.finish();
  return files;
}

async function apply(cli: Cli, workspace: string, name: string, plan: SyncPlan, isWaiting: boolean): Promise<void> {
  const { lorebox } = cli;
  const sent = [...plan.add, ...plan.replace].map((file) => ({
    ...file,
    externalId: externalIdOf(name, file.relativePath),
    metadata: { [FOLDER_KEY]: name, [HASH_KEY]: file.sha256 },
  }));
  const accepted = await uploadFiles(cli, workspace, sent);
  for (let i = 0; i < plan.remove.length; i += DELETE_BATCH) {
    const ids = plan.remove.slice(i, i + DELETE_BATCH).map(({ id }) => id);
    await lorebox.documents.deleteMany(workspace, ids);
  }
  const failed = isWaiting
    ? await waitForDocuments(
        cli,
        accepted.map(({ id }) => id),
      )
    : [];
  if (cli.isJson) printJson({ ...toJson(plan), failed });
  else {
    printLine(summarize(plan));
    for (const { metadata, reason, message } of failed) printLine(`  ${metadata.path}: ${reason}: ${message}`);
  }
  if (failed.length > 0) process.exitCode = EXIT.partly;
}

function printPlan(cli: Cli, plan: SyncPlan): void {
  if (cli.isJson) {
    printJson(toJson(plan));
    return;
  }
  for (const { relativePath } of plan.add) printLine(`add      ${relativePath}`);
  for (const { relativePath } of plan.replace) printLine(`replace  ${relativePath}`);
  for (const { metadata, filename } of plan.remove) printLine(`delete   ${metadata.path ?? filename}`);
  printLine(summarize(plan));
}

const summarize = ({ add, replace, remove, unchanged }: SyncPlan) =>
  `${add.length} added, ${replace.length} replaced, ${remove.length} deleted, ${unchanged} unchanged`;

function toJson({ add, replace, remove, unchanged }: SyncPlan) {
  const paths = (files: readonly LocalFile[]) => files.map(({ relativePath }) => relativePath);
  return { added: paths(add), replaced: paths(replace), deleted: remove.map(({ id }) => id), unchanged };
}
