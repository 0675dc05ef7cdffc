import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const IMPORT = /^(?:import|export) (?!type )[^;]*?from '([^'.][^']*)'|import\('([^'.][^']*)'\)/gm;

/** `npm start` builds the app with production packages alone. */
it('imports at run time only what is among its dependencies', () => {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const missing = new Set<string>();
  for (const file of globSync('**/*.{ts,tsx}', { cwd: import.meta.dirname })) {
    if (/\.test\.ts$|^e2e\/|^i18n\/list-texts/.test(file)) continue;
    for (const [, fixed, lazy] of readFileSync(join(import.meta.dirname, file), 'utf8').matchAll(IMPORT)) {
      const specifier = fixed ?? lazy ?? '';
      const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
      if (!(name in manifest.dependencies)) missing.add(`${name} in ${file}`);
    }
  }
  expect([...missing]).toEqual([]);
});
