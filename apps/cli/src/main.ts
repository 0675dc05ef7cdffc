#!/usr/bin/env node
import { LoreboxError } from '@lorebox/sdk';
import { Command, CommanderError, Option } from 'commander';
import { addAskCommand } from './commands/ask.ts';
import { addAuditCommand } from './commands/audit.ts';
import { addDocumentsCommand } from './commands/documents.ts';
import { addEvalCommands } from './commands/eval.ts';
import { addImportCommand } from './commands/import.ts';
import { addModelCommands } from './commands/models.ts';
import { addSearchCommand } from './commands/search.ts';
import { addSourceCommands } from './commands/source.ts';
import { addStatusCommand } from './commands/status.ts';
import { addUploadCommand } from './commands/upload.ts';
import { addWorkspaceCommands } from './commands/workspace.ts';
import { EXIT, printJson } from './context.ts';

const program = new Command('lorebox')
  .description('Command line for a Lorebox server: ask your documents.')
  .addOption(new Option('--url <url>', 'URL of the server').env('LOREBOX_URL').default('http://127.0.0.1:3001'))
  .addOption(new Option('--api-key <key>', 'API key').env('LOREBOX_API_KEY'))
  .option('--json', 'print JSON instead of text')
  .addHelpText(
    'after',
    '\nExit codes: 0 success, 1 error, 2 invalid usage, 3 some documents failed, 4 a metric is below its target, 130 interrupted.',
  )
  .exitOverride();

addWorkspaceCommands(program);
addUploadCommand(program);
addImportCommand(program);
addDocumentsCommand(program);
addSearchCommand(program);
addAskCommand(program);
addEvalCommands(program);
addModelCommands(program);
addSourceCommands(program);
addStatusCommand(program);
addAuditCommand(program);
for (const command of program.commands) inheritOptions(command);

const HINTS: Partial<Record<LoreboxError['code'], string>> = {
  UNAUTHENTICATED: 'Set LOREBOX_API_KEY or pass --api-key.',
  CONNECTION: 'Start the server (`npm start`), or set its URL with --url or LOREBOX_URL.',
};

// `lorebox documents demo | head` is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : EXIT.failed));

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
  const isJson = process.argv.includes('--json');
  if (error instanceof CommanderError) {
    // Commander has said it on stderr; a program that asked for JSON gets it there as well.
    if (error.exitCode !== 0 && isJson)
      printJson({ error: { code: 'USAGE', message: error.message, requestId: null } });
    return error.exitCode === 0 ? 0 : EXIT.usage;
  }
  const code = error instanceof LoreboxError ? error.code : 'ERROR';
  const hint = code === 'ERROR' ? undefined : HINTS[code];
  const message = [error instanceof Error ? error.message : String(error), hint].filter((part) => part).join('\n');
  const requestId = error instanceof LoreboxError ? error.requestId : null;
  if (isJson) printJson({ error: { code, message, requestId } });
  else process.stderr.write(`lorebox: ${message}\n`);
  return EXIT.failed;
}
