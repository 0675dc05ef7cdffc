import type { EventType } from '@lorebox/sdk';
import type { Command } from 'commander';
import { confirm } from '../confirm.ts';
import { openCli } from '../context.ts';
import { printJson, printLine, printTable } from '../output.ts';

interface CreateOptions {
  event?: string[];
  workspace?: string;
}

export function addWebhookCommands(program: Command): void {
  const webhooks = program.command('webhooks').description('create, list, test, rotate and delete webhooks');
  webhooks
    .command('create')
    .argument('<url>', 'URL that receives the events')
    .option('--event <type...>', 'event types, such as document.ready (default: all)')
    .option('--workspace <workspace>', 'only events of this workspace')
    .description('create a webhook; its signing secret is shown only once')
    .action(async (url: string, { event, workspace }: CreateOptions, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      // The server validates the event types.
      const eventTypes = (event as EventType[] | undefined) ?? null;
      const created = await lorebox.webhooks.create({ url, eventTypes, workspaceId: workspace ?? null });
      if (isJson) return printJson(created);
      printLine(`id      ${created.id}`);
      printLine(`secret  ${created.secret}`);
    });
  webhooks
    .command('list')
    .description('list webhooks')
    .action(async (_options: object, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const rows = await lorebox.webhooks.list({ limit: 200 }).toArray();
      if (isJson) return printJson({ webhooks: rows });
      printTable(rows, [
        { header: 'ID', value: ({ id }) => id, isDim: true },
        { header: 'URL', value: ({ url }) => url },
        { header: 'EVENTS', value: ({ eventTypes }) => eventTypes?.join(' ') ?? 'all' },
        {
          header: 'STATE',
          value: ({ enabled, disabledReason }) => (enabled ? 'enabled' : (disabledReason ?? 'disabled')),
        },
      ]);
    });
  webhooks
    .command('test')
    .argument('<webhook>', 'id of the webhook')
    .description('send a test event')
    .action(async (id: string, _options: object, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const delivery = await lorebox.webhooks.test(id);
      if (isJson) printJson(delivery);
      else printLine(`queued delivery ${delivery.id}`);
    });
  webhooks
    .command('rotate')
    .argument('<webhook>', 'id of the webhook')
    .description('rotate the signing secret and print the new one')
    .action(async (id: string, _options: object, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const rotated = await lorebox.webhooks.rotate(id);
      if (isJson) printJson(rotated);
      else printLine(rotated.secret);
    });
  webhooks
    .command('delete')
    .argument('<webhook>', 'id of the webhook')
    .option('-y, --yes', 'delete without asking')
    .description('delete a webhook with its deliveries')
    .action(async (id: string, { yes }: { yes?: boolean }, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      if (!(await confirm(`Delete the webhook ${id}?`, yes))) return;
      await lorebox.webhooks.delete(id);
      if (isJson) printJson({ deleted: id });
      else printLine(`deleted ${id}`);
    });
}
