// Regenerates every generated file and fails if one differs from the checked-in version.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const GENERATED = {
  'scripts/gen/env-docs.ts': ['docs/configuration.md', '.env.example'],
  'scripts/gen/openapi.ts': ['docs/openapi.json'],
  'scripts/gen/error-docs.ts': ['docs/errors.md'],
  'packages/sdk/build/api-report.ts': ['packages/sdk/api-report.md'],
  'scripts/gen/vector-kernels.ts': ['packages/storage/src/sqlite/search/vector-kernels.gen.ts'],
};

let stale = 0;
for (const [script, files] of Object.entries(GENERATED)) {
  const before = files.map((file) => readFileSync(join(ROOT, file), 'utf8'));
  const run = spawnSync(process.execPath, [join(ROOT, script)], { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
  if (run.status !== 0) process.exit(1);
  files.forEach((file, i) => {
    if (readFileSync(join(ROOT, file), 'utf8') === before[i]) return;
    stale += 1;
    process.stderr.write(`${file} was out of date; it has been made anew by ${script}. Check it in.\n`);
  });
}
process.stdout.write(`generated files: ${stale === 0 ? 'up to date' : `${stale} out of date`}\n`);
process.exit(stale === 0 ? 0 : 1);
