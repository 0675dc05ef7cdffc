// Regular expressions in product code must run in linear time on any input: no repetition may overlap the next one, and
// none at the start of a search may scan the same run from each of its characters. Prints each violation.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSlowRegexes } from './find-slow-regexes.ts';

const ROOT = join(import.meta.dirname, '..');
const files = globSync('{packages,apps}/*/src/**/*.ts', { cwd: ROOT }).filter(
  (file) => !/\.test(?:-d)?\.ts$|\/e2e\/|packages\/(?:bench|testkit)\//.test(file),
);
const problems = files.flatMap((file) =>
  findSlowRegexes(file, readFileSync(join(ROOT, file), 'utf8')).map(
    ({ line, message }) => `${file}:${line} ${message}`,
  ),
);
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.stdout.write(`regexes: ${problems.length === 0 ? 'all linear' : `${problems.length} may be slow`}\n`);
process.exit(problems.length === 0 ? 0 : 1);
