import { AppError } from '@lorebox/contract/errors';
import type { Connection } from '../connection.ts';
import type { CommandInput, CommandName, CommandOutput } from './commands.ts';
import { commands } from './commands.ts';

/** Runs one command in one transaction (`BEGIN IMMEDIATE`); its after-commit effects follow the commit. */
export function execute<K extends CommandName>(
  connection: Connection,
  blobDir: string,
  name: K,
  input: CommandInput<K>,
): CommandOutput<K> {
  const effects: (() => void)[] = [];
  const context = { ...connection, blobDir, afterCommit: (effect: () => void) => effects.push(effect) };
  // The registry maps each name to its own input and output; TypeScript can't follow that through an index.
  const command = commands[name] as (context: unknown, input: unknown) => CommandOutput<K>;
  try {
    const output = connection.raw.transaction(() => command(context, input)).immediate();
    for (const effect of effects) effect();
    return output;
  } catch (error) {
    throw translate(error);
  }
}

function translate(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return new AppError('STORAGE_FULL', undefined, { cause: error });
  return error;
}
