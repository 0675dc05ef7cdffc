import type { Scope } from '@lorebox/sdk';
import { type Command, InvalidArgumentError } from 'commander';
import { confirm } from '../confirm.ts';
import { openCli } from '../context.ts';
import { printJson, printLine, printTable } from '../output.ts';

interface CreateOptions {
  scope: string[];
  workspace?: string;
  expires: number | null;
}

export function addKeyCommands(program: Command): void {
  const keys = program.command('keys').description('create, list, rotate and revoke API keys');
  keys
    .command('create')
    .argument('<name>')
    .requiredOption('--scope <scope...>', 'scopes, such as chat documents:read')
    .option('--workspace <workspace>', 'the only workspace that the key can access')
    .option('--expires <days>', 'days until the key expires, or "never"', parseDays, 90)
    .description('create an API key and print it; it is shown only once')
    .action(async (name: string, { scope, workspace, expires }: CreateOptions, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const expiresAt = expires === null ? null : new Date(Date.now() + expires * 86_400_000);
      // The server validates the scopes.
      const created = await lorebox.apiKeys.create({
        ...{ name, scopes: scope as Scope[], expiresAt },
        workspaceId: workspace ?? null,
      });
      if (isJson) printJson(created);
      else printLine(created.key);
    });
  keys
    .command('list')
    .description('list API keys')
    .action(async (_options: object, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const rows = await lorebox.apiKeys.list({ limit: 200 }).toArray();
      if (isJson) return printJson({ apiKeys: rows });
      const day = (time: Date | null) => time?.toISOString().slice(0, 10) ?? 'never';
      printTable(rows, [
        { header: 'ID', value: ({ id }) => id, isDim: true },
        { header: 'NAME', value: ({ name }) => name },
        { header: 'KEY', value: ({ prefix }) => `${prefix}...` },
        { header: 'SCOPES', value: ({ scopes }) => scopes.join(' ') },
        { header: 'EXPIRES', value: ({ expiresAt }) => day(expiresAt) },
        { header: 'LAST USED', value: ({ lastUsedAt }) => day(lastUsedAt) },
      ]);
    });
  keys
    .command('rotate')
    .argument('<key>', 'id of the API key')
    .option('--grace <minutes>', 'minutes that the old key keeps working', Number, 60)
    .description('rotate an API key and print the new one')
    .action(async (id: string, { grace }: { grace: number }, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const rotated = await lorebox.apiKeys.rotate(id, { graceMinutes: grace });
      if (isJson) printJson(rotated);
      else printLine(rotated.key);
    });
  keys
    .command('revoke')
    .argument('<key>', 'id of the API key')
    .option('-y, --yes', 'revoke without asking')
    .description('revoke an API key')
    .action(async (id: string, { yes }: { yes?: boolean }, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      if (!(await confirm(`Revoke the API key ${id}?`, yes))) return;
      await lorebox.apiKeys.revoke(id);
      if (isJson) printJson({ revoked: id });
      else printLine(`revoked ${id}`);
    });
}

function parseDays(text: string): number | null {
  if (text === 'never') return null;
  const days = Number(text);
  if (!(days > 0)) throw new InvalidArgumentError('Use a number of days, or "never".');
  return days;
}
