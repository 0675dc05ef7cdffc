#!/usr/bin/env node
import { Command, Option } from 'commander';
import { addAskCommand } from './commands/ask.ts';
import { addAuditCommand } from './commands/audit.ts';
import { addCompletionCommand } from './commands/completion.ts';
import { addDocumentCommands } from './commands/documents.ts';
import { addEvalCommands } from './commands/eval.ts';
import { addImportCommand } from './commands/import.ts';
import { addKeyCommands } from './commands/keys.ts';
import { addLoginCommands } from './commands/login.ts';
import { addModelCommands } from './commands/models.ts';
import { addSearchCommand } from './commands/search.ts';
import { addSettingCommands } from './commands/settings.ts';
import { addSourceCommands } from './commands/source.ts';
import { addStatusCommand } from './commands/status.ts';
import { addSyncCommand } from './commands/sync.ts';
import { addThreadCommands } from './commands/threads.ts';
import { addUploadCommand } from './commands/upload.ts';
import { addUserCommands } from './commands/users.ts';
import { addWebhookCommands } from './commands/webhooks.ts';
import { addWorkspaceCommands } from './commands/workspace.ts';
import { EXIT } from './context.ts';
import { explain } from './explain.ts';
import { VERSION } from './version.ts';

const program = new Command('lorebox')
  .description('Command line for a Lorebox server: ask your documents.')
  .version(VERSION, '-V, --version', 'print the version of the command')
  .addOption(
    new Option('--url <url>', 'URL of the server (default: that of the profile, else http://127.0.0.1:3001)').env(
      'LOREBOX_URL',
    ),
  )
  .addOption(new Option('--api-key <key>', 'API key').env('LOREBOX_API_KEY'))
  .addOption(new Option('--profile <name>', 'profile from `lorebox login`').env('LOREBOX_PROFILE'))
  .option('--json', 'print JSON instead of text: {"data", "notices", "error"}')
  .addHelpText(
    'after',
    '\nExit codes: 0 success, 1 error, 2 invalid usage, 3 some documents failed, 4 a metric is below its target, 130 interrupted.',
  )
  .exitOverride();

addLoginCommands(program);
addWorkspaceCommands(program);
addUploadCommand(program);
addSyncCommand(program);
addImportCommand(program);
addDocumentCommands(program);
addSearchCommand(program);
addAskCommand(program);
addThreadCommands(program);
addEvalCommands(program);
addModelCommands(program);
addSourceCommands(program);
addKeyCommands(program);
addUserCommands(program);
addWebhookCommands(program);
addSettingCommands(program);
addStatusCommand(program);
addAuditCommand(program);
addCompletionCommand(program);
for (const command of program.commands) inheritOptions(command);

// `lorebox documents list demo | head` is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : EXIT.failed));

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}

/** Allows global options after the command: `lorebox status --json`. */
function inheritOptions(command: Command): void {
  command.exitOverride();
  for (const option of program.options) {
    if (option.long === '--version' || command.options.some(({ long }) => long === option.long)) continue;
    command.addOption(new Option(option.flags, option.description).hideHelp());
  }
  for (const child of command.commands) inheritOptions(child);
}
