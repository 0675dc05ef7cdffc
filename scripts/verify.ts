// The one gate before a commit, the same that CI runs: lint, types, import direction, unused code, generated files, tests.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const turbo = join(ROOT, 'node_modules/.bin/turbo');
const tasks = ['lint', 'typecheck', 'imports', 'regexes', 'unused', 'check-generated'].map((task) => `//#${task}`);
const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1' };
const checks = spawnSync(turbo, ['run', ...tasks, '--output-logs=errors-only', '--continue'], {
  cwd: ROOT,
  stdio: 'inherit',
  env,
});
const tests = process.argv.includes('--no-tests')
  ? checks
  : spawnSync(process.execPath, [join(ROOT, 'scripts/test.ts')], { cwd: ROOT, stdio: 'inherit', env });
process.exit(checks.status === 0 && tests.status === 0 ? 0 : 1);
