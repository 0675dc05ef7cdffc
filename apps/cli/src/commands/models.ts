import type { Command } from 'commander';
import { openCli } from '../context.ts';
import { printJson, printLine } from '../output.ts';
import { ProgressBar } from '../progress.ts';

export function addModelCommands(program: Command): void {
  const models = program.command('models').description('list models and their status; `models pull` downloads a model');

  models.action(async (_options, command: Command) => {
    const { lorebox, isJson } = openCli(command);
    const list = await lorebox.models.list();
    if (isJson) {
      printJson(list);
      return;
    }
    for (const { id, contextWindow, isDefault, problem } of list.models) {
      printLine(`${isDefault ? '*' : ' '} ${id}${contextWindow === null ? '' : `  (${contextWindow} tokens)`}`);
      if (problem) printLine(`    unusable: ${problem}`);
    }
    for (const { provider, message } of list.providers) printLine(`${provider}: ${message}`);
  });

  models
    .command('pull')
    .argument('<id>', 'model id, such as ollama:llama3.2')
    .description('download a model')
    .action(async (id: string, _options, command: Command) => {
      const { lorebox, isJson, isTerminal } = openCli(command);
      const bar = new ProgressBar(`Downloading ${id}`, isTerminal);
      for await (const { status, completed, total } of lorebox.models.pull(id))
        bar.update(completed ?? 0, total ?? 0, status);
      bar.finish();
      if (isJson) printJson({ id, status: 'success' });
      else printLine(`downloaded ${id}`);
    });
}
