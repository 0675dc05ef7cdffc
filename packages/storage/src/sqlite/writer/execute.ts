import { AppError } from '@lorebox/contract/errors';
import { mergeTexts } from '../chunks/text-index.ts';
import type { Connection } from '../connection.ts';
import { type Call, type CommandName, type CommandOutput, runCommand } from './commands.ts';
import { Eraser } from './eraser.ts';

export type Outcome<Output = unknown> = { output: Output } | { error: unknown };

/** A group accepts no new commands after this time, so that none waits long for the commit of others. */
const GROUP_MS = 10;

/** Runs one command in one transaction (`BEGIN IMMEDIATE`). Its after-commit effects follow the commit. */
export function execute<Name extends CommandName>(
  connection: Connection,
  blobDir: string,
  call: Call<Name>,
): CommandOutput<Name> {
  const effects: (() => void)[] = [];
  try {
    const output = connection.raw.transaction(() => runIn(connection, blobDir, call, effects)).immediate();
    for (const effect of effects) effect();
    return output;
  } catch (error) {
    throw translate(error);
  }
}

/**
 * Runs as many of the waiting calls as fit into 10 ms, and commits them together, because a commit costs as much as a
 * small command. Each has its own savepoint, so that a failing one doesn't undo the others. Returns an outcome for each
 * executed call.
 */
export function executeGroup(connection: Connection, blobDir: string, calls: readonly Call[]): Outcome[] {
  const { raw } = connection;
  const [first] = calls;
  if (calls.length === 1 && first) return [attempt(() => execute(connection, blobDir, first))];
  const outcomes: Outcome[] = [];
  const effects: (() => void)[][] = [];
  const inSavepoint = raw.transaction((call: Call, own: (() => void)[]) => runIn(connection, blobDir, call, own));
  try {
    raw
      .transaction(() => {
        const until = performance.now() + GROUP_MS;
        for (const call of calls) {
          const own: (() => void)[] = [];
          const outcome = attempt(() => inSavepoint(call, own));
          // A full disk ends the whole transaction, not only the savepoint.
          if (!raw.inTransaction) throw new Error('the transaction is gone');
          outcomes.push(outcome);
          effects.push('output' in outcome ? own : []);
          if (performance.now() > until) return;
        }
      })
      .immediate();
  } catch {
    // Nothing was committed. Run the commands one by one, so that each gets its own outcome.
    return calls.map((call) => attempt(() => execute(connection, blobDir, call)));
  }
  return outcomes.map((outcome, i) => {
    const done = attempt(() => {
      for (const effect of effects[i] ?? []) effect();
    });
    return 'error' in done ? done : outcome;
  });
}

function runIn<Name extends CommandName>(
  connection: Connection,
  blobDir: string,
  call: Call<Name>,
  effects: (() => void)[],
): CommandOutput<Name> {
  const afterCommit = (effect: () => void) => effects.push(effect);
  const { unmerged, eraser } = upkeepOf(connection);
  const output = runCommand({ ...connection, blobDir, afterCommit, unmerged, eraser }, call);
  eraser.noteCommand(call.name);
  return output;
}

interface Upkeep {
  unmerged: Set<string>;
  eraser: Eraser;
}

const upkeeps = new WeakMap<object, Upkeep>();

export function upkeepOf({ raw }: Connection): Upkeep {
  const known = upkeeps.get(raw) ?? { unmerged: new Set(), eraser: new Eraser() };
  upkeeps.set(raw, known);
  return known;
}

/**
 * Runs a few milliseconds of deferred work. If it fails (a full disk), it is retried after the next ingest.
 * @returns milliseconds until the next call makes sense; null when nothing is left.
 */
export function optimize(connection: Connection): number | null {
  const { unmerged, eraser } = upkeepOf(connection);
  const [table] = unmerged;
  if (table === undefined) {
    const erased = attempt(() => eraser.step(connection));
    return 'error' in erased ? null : erased.output;
  }
  const merged = attempt(() => mergeTexts(connection, table));
  if ('error' in merged || merged.output) unmerged.delete(table);
  return 1;
}

function attempt<Output>(run: () => Output): Outcome<Output> {
  try {
    return { output: run() };
  } catch (error) {
    return { error: translate(error) };
  }
}

function translate(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return new AppError('STORAGE_FULL', undefined, { cause: error });
  return error;
}
