// `npm test`: the unit and wire tests. `npm test -- --e2e` runs the end-to-end tests instead, `--release` the tests of
// published packages (they install from registries), `--all` everything. LOREBOX_TEST_COVERAGE=1 measures coverage.
// Lists every skipped test with what is missing; the last line has the totals.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Assertion {
  status: string;
}

const ROOT = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'lorebox-report-'));
const report = join(folder, 'report.json');
const given = process.argv.slice(2);
const kind = given.includes('--e2e') ? 'e2e' : given.includes('--release') ? 'release' : 'unit';
const projects = given.includes('--all') ? [] : [`--project=${kind}`];
const rest = given.filter((arg) => !['--all', '--e2e', '--release'].includes(arg));
const reporters = ['default', 'json', join(ROOT, 'scripts/skipped-reporter.ts')].map((name) => `--reporter=${name}`);
const args = ['run', ...projects, ...reporters, `--outputFile.json=${report}`, ...rest];
// For scripts/coverage.ts: code that runs in vitest, and servers and command lines started by tests.
const measuresCoverage = process.env.LOREBOX_TEST_COVERAGE === '1' && kind !== 'release';
if (measuresCoverage) args.push('--coverage', `--coverage.reportsDirectory=coverage/${kind}`);
const V8_COVERAGE = measuresCoverage ? { LOREBOX_TEST_V8_COVERAGE: join(ROOT, 'coverage/v8') } : {};
const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
const run = spawnSync(process.execPath, [vitest, ...args], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, ...V8_COVERAGE, NO_COLOR: '1' },
});

let totals = { passed: 0, failed: 1, skipped: 0 };
try {
  const result = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { assertionResults: Assertion[]; status: string; name: string }[];
  };
  const all = result.testResults.flatMap((file) => file.assertionResults);
  const count = (...statuses: string[]) => all.filter(({ status }) => statuses.includes(status)).length;
  // A file that fails before its first test has no assertions to count.
  const brokenFiles = result.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  );
  totals = {
    passed: count('passed'),
    failed: count('failed') + brokenFiles.length,
    skipped: count('skipped', 'pending', 'todo'),
  };
} catch {
  process.stderr.write('The test runner left no report.\n');
}
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`);
process.exit(run.status === 0 && totals.failed === 0 ? 0 : 1);
