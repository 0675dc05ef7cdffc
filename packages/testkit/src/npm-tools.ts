import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const TOOLS = join(import.meta.dirname, '../../../.tools/npm');
const INSTALL_DEADLINE_MS = 240_000;

export interface NpmTools {
  folder: string;
  /** Returns the path of a program in one of the packages: "tsc". */
  program(name: string): string;
}

/**
 * Installs npm packages in a separate folder, because they need other versions than the workspace. Returns a string if
 * something is missing. Cached under .tools/ and reinstalled when the versions change.
 */
export function prepareNpm(name: string, dependencies: Record<string, string>): NpmTools | string {
  const manifest = JSON.stringify({ private: true, type: 'module', dependencies });
  const digest = createHash('sha256').update(process.version).update(manifest).digest('hex').slice(0, 12);
  const folder = join(TOOLS, `${name}-${digest}`);
  const tools = { folder, program: (program: string) => join(folder, 'node_modules/.bin', program) };
  const done = join(folder, '.complete');
  if (existsSync(done)) return tools;
  for (const old of globSync(`${name}-*`, { cwd: TOOLS })) rmSync(join(TOOLS, old), { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), manifest);
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  const run = spawnSync('npm', args, { cwd: folder, encoding: 'utf8', timeout: INSTALL_DEADLINE_MS });
  if (run.status !== 0) return `needs ${Object.keys(dependencies).join(', ')} from npm: ${lastLine(run)}`;
  writeFileSync(done, '');
  return tools;
}

function lastLine({ stderr, error, status }: { stderr: string; error?: Error; status: number | null }): string {
  return error?.message ?? stderr?.trim().split('\n').at(-1) ?? `exit code ${status}`;
}
