import { Lorebox } from '@lorebox/sdk';
import type { Command } from 'commander';
import { findProfile, readConfig } from './config-file.ts';

/** What every command needs: a client and output functions. */
export interface Cli {
  lorebox: Lorebox;
  isJson: boolean;
  /** True if output goes to a terminal. Progress bars and streamed text are not written to pipes. */
  isTerminal: boolean;
}

export interface GlobalOptions {
  url?: string;
  apiKey?: string;
  profile?: string;
  json?: boolean;
}

/** Precedence: flags, then `--profile`, then the environment, then the current profile. */
export function openCli(command: Command): Cli {
  const { url, apiKey, profile: name, json = false } = command.optsWithGlobals<GlobalOptions>();
  const isFlag = (option: string) => command.getOptionValueSourceWithGlobals(option) === 'cli';
  const overridesProfile = (option: string) => name === undefined || isFlag(option);
  // An empty environment variable counts as unset.
  const ownUrl = (overridesProfile('url') && url) || undefined;
  const ownKey = (overridesProfile('apiKey') && apiKey) || undefined;
  const profile = ownUrl !== undefined && name === undefined ? null : findProfile(readConfig(), name);
  // The key of a profile is only sent to the server of that profile.
  const profileKey = ownUrl === undefined || ownUrl === profile?.url ? profile?.apiKey : undefined;
  const baseUrl = ownUrl ?? profile?.url;
  const lorebox = new Lorebox({ baseUrl, apiKey: ownKey ?? profileKey ?? null });
  return { lorebox, isJson: json, isTerminal: process.stderr.isTTY === true && !json };
}

/** Exit codes: 0 success, 1 error, 2 invalid usage, 3 some documents failed, 4 a metric is below its target, 130 interrupted. */
export const EXIT = { failed: 1, usage: 2, partly: 3, below: 4, interrupted: 130 } as const;
