#!/usr/bin/env node
import { LoreboxError } from '@lorebox/sdk';
import { Command, CommanderError, Option } from 'commander';
import { addAskCommand } from './commands/ask.ts';
import { addDocumentsCommand } from './commands/documents.ts';
import { addImportCommand } from './commands/import.ts';
import { addModelCommands } from './commands/models.ts';
import { addSearchCommand } from './commands/search.ts';
import { addStatusCommand } from './commands/status.ts';
import { addUploadCommand } from './commands/upload.ts';
import { addWorkspaceCommands } from './commands/workspace.ts';
import { EXIT } from './context.ts';

const program = new Command('lorebox')
  .description('Ask your documents: the command line of a Lorebox server.')
  .addOption(new Option('--url <url>', 'address of the server').env('LOREBOX_URL').default('http://127.0.0.1:3001'))
  .addOption(new Option('--api-key <key>', 'API key').env('LOREBOX_API_KEY'))
  .option('--json', 'print one JSON value instead of text')
  .addHelpText('after', '\nExit codes: 0 fine, 1 it went wrong, 2 wrong usage, 3 done but some documents failed.')
  .exitOverride();

addWorkspaceCommands(program);
addUploadCommand(program);
addImportCommand(program);
addDocumentsCommand(program);
addSearchCommand(program);
addAskCommand(program);
addModelCommands(program);
addStatusCommand(program);
for (const command of program.commands) inheritOptions(command);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}

/** Global options may stand after the command too: `lorebox documents demo --json`. */
function inheritOptions(command: Command): void {
  command.exitOverride();
  for (const option of program.options)
    if (!command.options.some(({ long }) => long === option.long))
      command.addOption(new Option(option.flags, option.description).hideHelp());
  for (const child of command.commands) inheritOptions(child);
}

function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
  const isJson = process.argv.includes('--json');
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof LoreboxError ? error.code : 'ERROR';
  const requestId = error instanceof LoreboxError ? error.requestId : null;
  if (isJson) process.stdout.write(`${JSON.stringify({ error: { code, message, requestId } })}\n`);
  else
    process.stderr.write(
      `lorebox: ${message}\n${code === 'UNAUTHENTICATED' ? 'Set LOREBOX_API_KEY or pass --api-key.\n' : ''}`,
    );
  return EXIT.failed;
}
