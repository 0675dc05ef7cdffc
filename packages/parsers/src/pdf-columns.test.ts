import { createRandom } from '@lorebox/testkit/random';
import { describe, expect, it } from 'vitest';
import { countPairsInOrder, makePdfLayout } from './testing/generators/pdf-layouts.ts';
import { parse } from './testing/parse.ts';
import { writePdf } from './testing/pdf-file.ts';

describe('reading order of PDF pages', () => {
  it('is column by column, whatever the columns hold', async () => {
    for (let seed = 1; seed <= 24; seed++) {
      const page = makePdfLayout(createRandom(seed));
      const [right, all] = countPairsInOrder(await parse(writePdf([page.lines]), 'page.pdf'), page);
      expect(all - right, `seed ${seed}, ${page.columns} columns with a ${page.insert}`).toBe(0);
    }
  });
});
