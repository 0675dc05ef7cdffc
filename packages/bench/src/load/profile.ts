import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printNote } from '../report.ts';
import { printProfiles } from './cpu-profile.ts';

/** Returns the folder for the server's profiles with --prof; undefined without it. */
export function profileFolder(isWanted: boolean, name: string): string | undefined {
  return isWanted ? mkdtempSync(join(tmpdir(), `lorebox-bench-${name}-`)) : undefined;
}

/** Call it after the server has stopped, because the profiles are written then. */
export function finishProfile(folder: string | undefined): void {
  if (!folder) return;
  printProfiles(folder);
  printNote(`Profiles: ${folder}`);
}
