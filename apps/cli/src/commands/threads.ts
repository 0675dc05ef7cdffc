import type { Command } from 'commander';
import { confirm } from '../confirm.ts';
import { openCli } from '../context.ts';
import { printJson, printLine, printTable } from '../output.ts';

export function addThreadCommands(program: Command): void {
  const threads = program.command('threads').description('list, show, rename and delete threads');
  threads
    .command('list')
    .argument('<workspace>', 'slug or id')
    .description('list your threads in a workspace, pinned first, then by last activity')
    .action(async (workspace: string, _options: object, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const rows = await lorebox.threads.list(workspace, { limit: 200 }).toArray();
      if (isJson) return printJson({ threads: rows });
      printTable(rows, [
        { header: 'ID', value: ({ id }) => id, isDim: true },
        { header: 'UPDATED', value: ({ updatedAt }) => updatedAt.toISOString().slice(0, 16).replace('T', ' ') },
        { header: 'TITLE', value: ({ title }) => title },
      ]);
    });
  threads
    .command('show')
    .argument('<thread>', 'id of the thread')
    .description('print the messages of a thread')
    .action(async (id: string, _options: object, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const thread = await lorebox.threads.get(id);
      const messages = await lorebox.threads.messages(id, { limit: 200 }).toArray();
      if (isJson) return printJson({ ...thread, messages });
      for (const { role, text, error } of messages) {
        printLine(`${role === 'user' ? 'Question' : 'Answer'}: ${error ? `(${error.message})` : text}\n`);
      }
    });
  threads
    .command('rename')
    .argument('<thread>', 'id of the thread')
    .argument('<title>', 'new title')
    .description('rename a thread')
    .action(async (id: string, title: string, _options: object, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const renamed = await lorebox.threads.update(id, { title });
      if (isJson) printJson(renamed);
      else printLine(`renamed ${id}`);
    });
  threads
    .command('delete')
    .argument('<thread>', 'id of the thread')
    .option('-y, --yes', 'delete without asking')
    .description('delete a thread with its messages')
    .action(async (id: string, { yes }: { yes?: boolean }, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      if (!(await confirm(`Delete the thread ${id}?`, yes))) return;
      await lorebox.threads.delete(id);
      if (isJson) printJson({ deleted: id });
      else printLine(`deleted ${id}`);
    });
}
