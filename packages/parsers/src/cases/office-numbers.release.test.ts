import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '@lorebox/testkit/random';
import { describe, expect, it } from 'vitest';
import { makeCountedNumbers } from '../testing/generators/counted-numbers.ts';
import { parse } from '../testing/parse.ts';

function hasLibreOffice(): boolean {
  try {
    execFileSync('soffice', ['--version'], { stdio: 'ignore', timeout: 60_000 });
    return true;
  } catch {
    return false;
  }
}

function listLines(text: string): string[] {
  return text
    .replace('\ufeff', '')
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter(Boolean);
}

describe.skipIf(!hasLibreOffice())('numbers of headings and lists', () => {
  it('equal those of the text export of LibreOffice', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'numbers-'));
    try {
      const count = Number(process.env.LOREBOX_TEST_SEEDS ?? 30);
      const sources = [];
      for (let seed = 1; seed <= count; seed++) {
        const source = await makeCountedNumbers(createRandom(seed));
        const path = join(folder, `${seed}-${source.filename}`);
        writeFileSync(path, source.bytes);
        sources.push({ path, ...source });
      }
      const paths = sources.map(({ path }) => path);
      execFileSync('soffice', ['--headless', '--convert-to', 'txt:Text (encoded):UTF8', '--outdir', folder, ...paths], {
        stdio: 'ignore',
        timeout: 300_000,
      });
      for (const { path, filename, bytes } of sources) {
        const { text } = await parse(bytes, filename);
        expect(listLines(text), path).toEqual(listLines(readFileSync(path.replace(/\.\w+$/, '.txt'), 'utf8')));
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 360_000);
});
