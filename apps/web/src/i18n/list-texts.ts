import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = join(import.meta.dirname, '..');
const CALL = /(?<![\w.])t\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")/g;

/** Every text that the app translates, sorted. For tests and translators; not part of the app. */
export function listTexts(): string[] {
  const texts = new Set<string>();
  for (const file of globSync('**/*.{ts,tsx}', { cwd: SOURCES })) {
    if (/\.test\.ts$|^e2e\//.test(file)) continue;
    for (const [, single, double] of readFileSync(join(SOURCES, file), 'utf8').matchAll(CALL)) {
      const text = single ?? double ?? '';
      texts.add(text.replace(/\\(['"\\])/g, '$1'));
    }
  }
  return [...texts].sort();
}
