import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './run-program.ts';

const TOOLS = join(import.meta.dirname, '../../../.tools/go');

const OLDEST = [1, 24] as const;

/** Returns why Go can't be used here, or null if it can. */
export function missingGo(): string | null {
  const { stdout, status } = spawnSync('go', ['version'], { encoding: 'utf8' });
  const [, major = 0, minor = 0] = /go(\d+)\.(\d+)/.exec(status === 0 ? stdout : '') ?? [];
  const isNew = Number(major) > OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) >= OLDEST[1]);
  return isNew ? null : `needs Go ${OLDEST.join('.')} or newer`;
}

/** Builds a program ("github.com/x/y/cmd/z", "v1.2.3"), caches it under .tools/ and returns its path. */
export function installGoProgram(module: string, version: string): string {
  const name = module.split('/').at(-1) ?? '';
  const folder = join(TOOLS, `${name}-${version}`);
  const program = join(folder, process.platform === 'win32' ? `${name}.exe` : name);
  mkdirSync(folder, { recursive: true });
  if (!existsSync(program)) runGo(folder, ['install', `${module}@${version}`], { GOBIN: folder });
  return program;
}

/** Runs the go command in a folder and returns its output. @throws with the output if it fails or hangs. */
export function runGo(folder: string, args: readonly string[], extra: Record<string, string> = {}): string {
  return runProgram('go', args, folder, { ...extra, GOFLAGS: '-buildvcs=false', GOTOOLCHAIN: 'local' });
}
