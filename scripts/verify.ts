// The check to run before a commit, same as CI: format and lint, types, import direction, regular expressions, unused
// code, generated files; then the tests, unless `--no-tests` is given. Prints the output of failed steps.
import { spawn, spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const bin = (name: string) => join(ROOT, 'node_modules/.bin', name);

const CHECKS: Record<string, string[]> = {
  lint: [bin('biome'), 'ci', '.'],
  typecheck: [bin('tsc'), '-p', 'tsconfig.json'],
  'typecheck of the web app': [bin('tsc'), '-p', 'apps/web/tsconfig.json'],
  'typecheck of the widget': [bin('tsc'), '-p', 'packages/widget/tsconfig.json'],
  imports: [process.execPath, 'scripts/check-imports.ts'],
  regexes: [process.execPath, 'scripts/check-regexes.ts'],
  unused: [bin('knip'), '--no-progress'],
};
/** Writes files, so it runs after the others. */
const GENERATED = [process.execPath, 'scripts/check-generated.ts'];

interface Result {
  name: string;
  isOk: boolean;
  seconds: number;
  output: string;
}

function run(name: string, [command = '', ...args]: string[]): Promise<Result> {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => (output += error.message));
    child.on('close', (code) => {
      resolve({ name, isOk: code === 0, seconds: (performance.now() - started) / 1000, output });
    });
  });
}

function report({ name, isOk, seconds, output }: Result): boolean {
  process.stdout.write(`${isOk ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)\n`);
  if (!isOk) process.stdout.write(`${output.trimEnd()}\n`);
  return isOk;
}

const queue = Object.entries(CHECKS);
const passed: boolean[] = [];
async function work(): Promise<void> {
  for (let next = queue.shift(); next; next = queue.shift()) passed.push(report(await run(...next)));
}
await Promise.all(Array.from({ length: Math.min(queue.length, availableParallelism()) }, work));
passed.push(report(await run('generated files', GENERATED)));
const isOk = passed.every(Boolean);
if (process.argv.includes('--no-tests')) process.exit(isOk ? 0 : 1);
const tests = spawnSync(process.execPath, [join(ROOT, 'scripts/test.ts')], { cwd: ROOT, stdio: 'inherit' });
process.exit(isOk && tests.status === 0 ? 0 : 1);
