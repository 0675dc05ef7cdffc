import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printNote } from '../report.ts';
import { printProfiles } from './cpu-profile.ts';

/** Where a run with --prof keeps the profiles of its server; undefined without. */
export function profileFolder(isWanted: boolean, name: string): string | undefined {
  return isWanted ? mkdtempSync(join(tmpdir(), `lorebox-bench-${name}-`)) : undefined;
}

/** Call it once the server has stopped: only then are they written. */
export function finishProfile(folder: string | undefined): void {
  if (!folder) return;
  printProfiles(folder);
  printNote(`Profiles: ${folder}`);
}
