import type { AuditAction, AuditEntry } from '@lorebox/sdk';
import { type Command, InvalidArgumentError } from 'commander';
import { openCli } from '../context.ts';
import { printJson, printTable } from '../output.ts';
import type { Column } from '../table.ts';

interface Options {
  action?: string;
  actor?: string;
  target?: string;
  since?: Date;
  limit: number;
  export?: boolean;
}

export function addAuditCommand(program: Command): void {
  program
    .command('audit')
    .description('list audit log entries, newest first')
    .option('--action <action>', 'action, such as login.failed or key.created')
    .option('--actor <actor>', 'actor: user:ID or key:ID')
    .option('--target <target>', 'changed resource, such as workspace:ID')
    .option('--since <time>', 'only entries since this time, such as 2026-11-27', parseTime)
    .option('-n, --limit <count>', 'number of entries', Number, 50)
    .option('--export', 'export all entries as newline-delimited JSON, oldest first')
    .action(async ({ limit, export: isExport, ...filters }: Options, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      // The server validates the actions.
      const query = { ...filters, action: filters.action as AuditAction };
      if (isExport) {
        for (let after: string | undefined; ; ) {
          const { text, lastId, isComplete } = await lorebox.audit.export({ ...query, after });
          process.stdout.write(text);
          if (isComplete || lastId === null) return;
          after = lastId;
        }
      }
      const entries = await lorebox.audit.list({ ...query, limit: Math.min(limit, 200) }).toArray(limit);
      if (isJson) printJson({ entries });
      else printTable(entries, COLUMNS);
    });
}

const COLUMNS: readonly Column<AuditEntry>[] = [
  { header: 'TIME', value: ({ at }) => at.toISOString() },
  { header: 'ACTION', value: ({ action }) => action },
  { header: 'ACTOR', value: ({ actor }) => actor },
  { header: 'TARGET', value: ({ target }) => target },
  { header: 'ADDRESS', value: ({ address }) => address },
  { header: 'DETAILS', value: ({ details }) => formatDetails(details) },
];

function formatDetails(details: AuditEntry['details']): string {
  return Object.entries(details)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

function parseTime(value: string): Date {
  const time = new Date(value);
  if (Number.isNaN(time.getTime())) throw new InvalidArgumentError('Use a date such as 2026-11-27.');
  return time;
}
