import { Lorebox } from '@lorebox/sdk';
import type { Command } from 'commander';

/** What every command needs: a client and how to print. */
export interface Cli {
  lorebox: Lorebox;
  isJson: boolean;
  /** Progress bars and streamed text go to people, not into pipes. */
  isTerminal: boolean;
}

interface GlobalOptions {
  url: string;
  apiKey?: string;
  json?: boolean;
}

export function openCli(command: Command): Cli {
  const { url, apiKey, json = false } = command.optsWithGlobals<GlobalOptions>();
  const lorebox = new Lorebox({ baseUrl: url, ...(apiKey ? { apiKey } : {}) });
  return { lorebox, isJson: json, isTerminal: process.stderr.isTTY === true && !json };
}

/** Exit codes: 0 fine, 1 it went wrong, 2 wrong usage, 3 done but some documents failed, 4 measured worse than asked for, 130 stopped by Ctrl-C. */
export const EXIT = { failed: 1, usage: 2, partly: 3, below: 4, interrupted: 130 } as const;

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

export function printLine(line = ''): void {
  process.stdout.write(`${line}\n`);
}
