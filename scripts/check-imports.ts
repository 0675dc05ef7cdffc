// Imports go in one direction (see ARCHITECTURE.md). Reads every import of every source file and prints each that
// violates it.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** Package -> workspace packages that its sources may import. `type:` allows only `import type`. */
const ALLOWED: Record<string, string[]> = {
  'packages/contract': [],
  'packages/ports': ['contract'],
  'packages/core': ['contract', 'ports'],
  'packages/worker-rpc': ['contract'],
  'packages/storage': ['contract', 'ports', 'worker-rpc'],
  'packages/providers': ['contract', 'ports', 'worker-rpc', 'embedding-model'],
  'packages/parsers': ['contract', 'ports'],
  'packages/openapi': [],
  'packages/api': ['contract', 'ports', 'core', 'openapi'],
  // Published, so everything it imports from these except types would have to be bundled, Zod first.
  'packages/sdk': ['type:contract', 'type:api'],
  'packages/embedding-model': [],
  'packages/speech-model': [],
  'packages/testkit': ['contract', 'ports', 'core', 'storage'],
  'packages/bench': [
    'contract',
    'ports',
    'core',
    'providers',
    'sdk',
    'testkit',
    'storage',
    'parsers',
    'embedding-model',
  ],
  'apps/server': [
    'contract',
    'ports',
    'core',
    'storage',
    'providers',
    'parsers',
    'worker-rpc',
    'api',
    'openapi',
    'speech-model',
  ],
  'apps/cli': ['contract', 'sdk'],
  'apps/web': ['contract', 'type:api'],
  'packages/widget': ['type:contract'],
};
/** Tests may import more: the test kit, and the clients in end-to-end tests. */
const TEST_EXTRA = ['testkit', 'speech-model', 'sdk', 'parsers', 'storage', 'providers', 'api'];
/** Packages that core, contract and ports must not import. */
const PURE = ['packages/contract', 'packages/ports', 'packages/core'];
const IMPURE = /^(?:hono|@trpc\/|drizzle-orm|better-sqlite3|node:)/;
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^'"`;]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

const problems: string[] = [];
for (const [folder, allowed] of Object.entries(ALLOWED)) {
  for (const file of globSync(`${folder}/src/**/*.{ts,tsx}`, { cwd: ROOT })) {
    const isTest = /\.(?:test|test-d)\.ts$|\/e2e\//.test(file);
    for (const [, typeOnly, from, dynamic] of readFileSync(join(ROOT, file), 'utf8').matchAll(IMPORT)) {
      const specifier = from ?? dynamic ?? '';
      const ours = /^@lorebox\/([\w-]+)/.exec(specifier)?.[1];
      const may = isTest ? [...allowed, ...TEST_EXTRA] : allowed;
      const isAllowed =
        !ours || may.includes(ours) || (typeOnly && may.includes(`type:${ours}`)) || folder.endsWith(`/${ours}`);
      if (!isAllowed) problems.push(`${file}: may not import ${specifier}`);
      if (PURE.includes(folder) && !isTest && IMPURE.test(specifier))
        problems.push(`${file}: must stay free of ${specifier}`);
      if (/\.\.\/.*(?:packages|apps)\//.test(specifier))
        problems.push(`${file}: reaches into another package: ${specifier}`);
    }
  }
}
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.stdout.write(`imports: ${problems.length === 0 ? 'all run one way' : `${problems.length} run backwards`}\n`);
process.exit(problems.length === 0 ? 0 : 1);
