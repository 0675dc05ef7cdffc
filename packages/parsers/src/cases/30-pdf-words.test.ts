import { expect, it } from 'vitest';
import { parseCase } from '../testing/read-case.ts';

it('30: real hyphens stay, divided words and spaced letters are joined', async () => {
  const { text } = await parseCase('30-pdf-words', 'words.pdf');
  for (const expected of [
    'lubricated every ninety days',
    'AB-1234',
    'well-known oil',
    'https://shop.example/oil-grade/7 ',
    'anna.muster@harbour.example',
    'year-on-year',
    'Nord-Ost-Kai',
    'Pre-2020 models',
    '10-15 litres',
    'WARNING',
    '1 234,50',
  ]) {
    expect(text).toContain(expected);
  }
});
