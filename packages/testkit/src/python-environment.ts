import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runProgram } from './run-program.ts';

const TOOLS = join(import.meta.dirname, '../../../.tools/python');
const INSTALL_DEADLINE_MS = 240_000;

export interface PythonEnvironment {
  python: string;
  /** Returns the path of a program in the environment: "ruff". */
  program(name: string): string;
}

/**
 * Creates a virtual environment with the packages of a requirements file. Returns a string if something is missing.
 * Cached under .tools/ and recreated when the file or the interpreter changes.
 */
export function preparePython(requirements: string): PythonEnvironment | string {
  const version = findPython();
  if (version === null) return 'needs Python 3.10 or newer with venv';
  const digest = createHash('sha256')
    .update(version.text)
    .update(readFileSync(requirements))
    .digest('hex')
    .slice(0, 12);
  const folder = join(TOOLS, `${basename(requirements, '.txt')}-${digest}`);
  const bin = join(folder, process.platform === 'win32' ? 'Scripts' : 'bin');
  const environment = { python: join(bin, 'python'), program: (name: string) => join(bin, name) };
  const done = join(folder, '.complete');
  if (existsSync(done)) return environment;
  for (const old of globSync(`${basename(requirements, '.txt')}-*`, { cwd: TOOLS }))
    rmSync(join(TOOLS, old), { recursive: true, force: true });
  const made = run(version.command, ['-m', 'venv', folder]);
  if (made !== null) return `needs Python's venv: ${made}`;
  const installed = run(environment.python, ['-m', 'pip', 'install', '--quiet', '-r', requirements]);
  if (installed !== null) return `needs the packages of ${basename(requirements)} from PyPI: ${installed}`;
  writeFileSync(done, '');
  return environment;
}

function findPython(): { command: string; text: string } | null {
  for (const command of ['python3', 'python']) {
    const script = 'import sys, venv; print(sys.version, sys.executable); sys.exit(sys.version_info < (3, 10))';
    const { status, stdout } = spawnSync(command, ['-c', script], { encoding: 'utf8' });
    if (status === 0) return { command, text: stdout };
  }
  return null;
}

/** Returns null if it succeeded, or else the last line of the output. */
function run(command: string, args: string[]): string | null {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    timeout: INSTALL_DEADLINE_MS,
  });
  if (status === 0) return null;
  return error?.message ?? `${stderr}${stdout}`.trim().split('\n').at(-1) ?? `exit code ${status}`;
}

const SDK = join(import.meta.dirname, '../../sdk-python');

/** Prepares the environment that checks, tests and generates the Python client. */
export const preparePythonSdk = (): PythonEnvironment | string => preparePython(join(SDK, 'requirements-dev.txt'));

/** Builds the Python client for publishing and returns the path of the wheel, which Python can import directly. */
export function buildPythonSdk({ python }: PythonEnvironment, folder: string): string {
  runProgram(python, ['-m', 'build', '--wheel', '--no-isolation', '--outdir', folder, SDK], SDK);
  const [wheel] = globSync('*.whl', { cwd: folder });
  if (wheel === undefined) throw new Error('the build left no wheel');
  return join(folder, wheel);
}
