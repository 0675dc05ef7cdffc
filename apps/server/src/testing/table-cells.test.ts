import { splitCells } from '@lorebox/core/tables/split-cells';
import { joinCells } from '@lorebox/parsers/document-builder';
import { createRandom, testSeed } from '@lorebox/testkit/random';
import { expect, it } from 'vitest';

const random = createRandom(testSeed());
const ALPHABET = ['a', '|', ' ', '1', '\\', '"', 'é'];

it('splits stored table rows into the cells that they were joined from', () => {
  for (let round = 0; round < 3000; round += 1) {
    const cells = Array.from({ length: 1 + Math.floor(random() * 5) }, () =>
      Array.from({ length: Math.floor(random() * 5) }, () => ALPHABET[Math.floor(random() * ALPHABET.length)]).join(''),
    );
    const row = joinCells([...cells, 'end']);
    const read = splitCells(row);
    const withoutBars = (text: string) => text.replace(/[\s|¦]/g, '');
    expect(
      read.map(({ text }) => withoutBars(text)),
      row,
    ).toEqual([...cells, 'end'].map(withoutBars));
    for (const { start, end, text } of read) expect(row.slice(start, end)).toBe(text);
  }
});
