import type { Command } from 'commander';
import { openCli, printJson, printLine } from '../context.ts';

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
      else for (const { slug, name, mode } of workspaces) printLine(`${slug}\t${name}\t${mode}`);
    });

  workspace
    .command('delete')
    .argument('<workspace>', 'slug or id')
    .description('delete a workspace and its contents')
    .action(async (ref: string, _options, command: Command) => {
      const { lorebox, isJson } = openCli(command);
      await lorebox.workspaces.delete(ref);
      if (isJson) printJson({ ok: true });
      else printLine(`deleted ${ref}`);
    });
}
