import type { SourceRun, SyncSource } from '@lorebox/sdk';
import { type Command, InvalidArgumentError } from 'commander';
import { confirm } from '../confirm.ts';
import { type Cli, EXIT, openCli } from '../context.ts';
import { plural, printJson, printLine, printTable } from '../output.ts';
import { ProgressBar } from '../progress.ts';
import { readSourceConfig } from '../read-source-config.ts';

const POLL_MS = 300;

export function addSourceCommands(program: Command): void {
  const source = program
    .command('source')
    .description('sync documents from websites, folders, repositories and mailboxes');

  source
    .command('connectors')
    .argument('[connector]', 'connector whose settings to list')
    .description('list connectors, or the settings of a connector')
    .action(async (id: string | undefined, _options, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const connectors = await lorebox.sources.connectors();
      const chosen = id === undefined ? connectors : connectors.filter((one) => one.id === id);
      if (isJson) printJson({ connectors: chosen });
      else if (id === undefined) for (const one of connectors) printLine(`${one.id}\t${one.description}`);
      else for (const line of chosen.flatMap(({ configSchema }) => describeSettings(configSchema))) printLine(line);
    });

  source
    .command('add')
    .argument('<workspace>', 'slug or id')
    .argument('<connector>', 'connector, such as website, folder or github')
    .argument('[key=value...]', 'settings; separate list items with commas; read secrets with @env:NAME or @file:PATH')
    .option('--name <name>', 'display name')
    .option('--every <time>', 'interval between sync runs: 15m, 6h, 1d or "never"', parseEvery, 60)
    .option('--rate <n>', 'maximum requests per second', Number)
    .option('--skip-check', 'skip the access check')
    .option('--wait', 'wait for the first sync run')
    .description('add a source and print its id')
    .action(async (workspace: string, connector: string, pairs: string[], options: AddOptions, command: Command) => {
      const cli = openCli(command);
      const connectors = await cli.lorebox.sources.connectors();
      const config = await readSourceConfig(pairs, connectors.find(({ id }) => id === connector)?.configSchema ?? {});
      const created = await cli.lorebox.sources.create(workspace, {
        connector,
        config,
        everyMinutes: options.every,
        skipCheck: options.skipCheck ?? false,
        ...(options.name !== undefined && { name: options.name }),
        ...(options.rate !== undefined && { requestsPerSecond: options.rate }),
      });
      if (options.wait) await follow(cli, created.id);
      else if (cli.isJson) printJson(created);
      else printLine(created.id);
    });

  source
    .command('list')
    .argument('<workspace>', 'slug or id')
    .description('list sources with their last sync run')
    .action(async (workspace: string, _options, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const sources = await lorebox.sources.list(workspace, { limit: 200 }).toArray();
      if (isJson) printJson({ sources });
      else
        printTable(sources, [
          { header: 'ID', value: ({ id }) => id, isDim: true },
          { header: 'CONNECTOR', value: ({ connector }) => connector },
          { header: 'NAME', value: ({ name }) => name },
          { header: 'STATE', value: ({ state }) => state },
          { header: 'ITEMS', value: ({ items }) => plural(items, 'item') },
          { header: 'LAST SYNC RUN', value: ({ lastRun }) => outcomeOf(lastRun) },
        ]);
    });

  source
    .command('show')
    .argument('<source>', 'source id')
    .description('show a source and its last sync runs')
    .action(async (id: string, _options, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const shown = await lorebox.sources.get(id);
      const runs = await lorebox.sources.runs(id, { limit: 20 }).toArray();
      if (isJson) return printJson({ ...shown, runs });
      printLine(`${shown.name} (${shown.connector}): ${shown.state}, ${plural(shown.items, 'item')}`);
      for (const [key, value] of Object.entries(shown.config)) printLine(`  ${key} = ${String(value)}`);
      for (const key of Object.keys(shown.secrets)) printLine(`  ${key} is set`);
      for (const run of runs) printLine(`${run.startedAt.toISOString()}  ${outcomeOf(run)}`);
    });

  source
    .command('run')
    .argument('<source>', 'source id')
    .option('--full', 'list and read everything again')
    .option('--wait', 'wait until the sync run ends')
    .description('start a sync run')
    .action(async (id: string, options: { full?: boolean; wait?: boolean }, command: Command) => {
      const cli = openCli(command);
      const queued = await cli.lorebox.sources.run(id, { full: options.full ?? false });
      if (options.wait) await follow(cli, id);
      else if (cli.isJson) printJson(queued);
      else printLine('queued');
    });

  source
    .command('remove')
    .argument('<source>', 'source id')
    .option('--keep-documents', 'keep the documents of the source')
    .option('-y, --yes', 'remove without asking')
    .description('remove a source and its documents')
    .action(async (id: string, options: { keepDocuments?: boolean; yes?: boolean }, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const { name, items } = await lorebox.sources.get(id);
      const what = options.keepDocuments ? '' : ` and its ${plural(items, 'document')}`;
      if (!(await confirm(`Remove the source "${name}"${what}?`, options.yes))) return;
      await lorebox.sources.delete(id, { keepDocuments: options.keepDocuments ?? false });
      if (isJson) printJson({ removed: id });
      else printLine(`removed ${id}`);
    });
}

interface AddOptions {
  name?: string;
  every: number | null;
  rate?: number;
  skipCheck?: boolean;
  wait?: boolean;
}

const MINUTES: Record<string, number> = { m: 1, h: 60, d: 1440 };

function parseEvery(text: string): number | null {
  if (text === 'never') return null;
  const [, count, unit = 'm'] = /^(\d{1,6})([mhd]?)$/.exec(text) ?? [];
  const minutes = Number(count) * (MINUTES[unit || 'm'] ?? 1);
  if (!(minutes >= 1)) throw new InvalidArgumentError('Use 15m, 6h, 1d or never.');
  return minutes;
}

/** Waits for the sync run. Exit code 1 if it failed, 3 if some items could not be read. */
async function follow(cli: Cli, id: string): Promise<void> {
  const bar = new ProgressBar('Syncing', cli.isTerminal);
  let source: SyncSource;
  for (;;) {
    source = await cli.lorebox.sources.get(id);
    const { counts } = source.lastRun ?? {};
    if (counts) bar.update(counts.added + counts.changed + counts.unchanged, counts.seen);
    if (source.state === 'idle' || source.state === 'waiting') break;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  bar.finish();
  const { lastRun } = source;
  if (cli.isJson) printJson(source);
  else {
    printLine(`${source.id}  ${outcomeOf(lastRun)}`);
    for (const { item, message } of lastRun?.problems ?? []) printLine(`  ${item}: ${message}`);
  }
  if (lastRun?.state !== 'succeeded') process.exitCode = EXIT.failed;
  else if (lastRun.counts.failed > 0) process.exitCode = EXIT.partly;
}

function outcomeOf(run: SourceRun | null): string {
  if (!run) return 'not synced yet';
  const { added, changed, unchanged, removed, failed } = run.counts;
  const counts = `${added} added, ${changed} changed, ${unchanged} unchanged, ${removed} removed, ${failed} failed`;
  return [`${run.state}: ${counts}`, run.message].filter(Boolean).join(': ');
}

function describeSettings(schema: Record<string, unknown>): string[] {
  const properties = (schema.properties ?? {}) as Record<string, { description?: string; writeOnly?: boolean }>;
  return Object.entries(properties).map(([name, { description = '', writeOnly }]) => {
    return `${name}\t${description}${writeOnly ? ' (secret)' : ''}`;
  });
}
