import type { Command } from 'commander';
import { confirm } from '../confirm.ts';
import { openCli } from '../context.ts';
import { printJson, printLine, printTable } from '../output.ts';

export function addWorkspaceCommands(program: Command): void {
  const workspace = program.command('workspace').description('create, list and delete workspaces');

  workspace
    .command('create')
    .argument('<name>')
    .description('create a workspace and print its slug, for use in other commands')
    .action(async (name: string, _options, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const created = await lorebox.workspaces.create({ name });
      if (isJson) printJson(created);
      else printLine(created.slug);
    });

  workspace
    .command('list')
    .description('list workspaces')
    .action(async (_options, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const workspaces = await lorebox.workspaces.list({ limit: 200 }).toArray();
      if (isJson) printJson({ workspaces });
      else
        printTable(workspaces, [
          { header: 'SLUG', value: ({ slug }) => slug },
          { header: 'NAME', value: ({ name }) => name },
          { header: 'MODE', value: ({ mode }) => mode },
          { header: 'ID', value: ({ id }) => id, isDim: true },
        ]);
    });

  workspace
    .command('delete')
    .argument('<workspace>', 'slug or id')
    .option('-y, --yes', 'delete without asking')
    .description('delete a workspace and its contents')
    .action(async (ref: string, { yes }: { yes?: boolean }, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      const { name } = await lorebox.workspaces.get(ref);
      if (!(await confirm(`Delete the workspace "${name}" with its documents and threads?`, yes))) return;
      await lorebox.workspaces.delete(ref);
      if (isJson) printJson({ deleted: ref });
      else printLine(`deleted ${ref}`);
    });
}
