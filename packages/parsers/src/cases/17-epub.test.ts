import { expect, it } from 'vitest';
import { listRows, parseCase } from '../testing/read-case.ts';

it('17: chapters in order, without the contents', async () => {
  const document = await parseCase('17-epub', 'keeper.epub');
  const searched = document.blocks.filter(({ excluded }) => !excluded);
  expect([...new Set(searched.map(({ section }) => section))]).toEqual(['First', 'Second', 'Third']);
  expect(listRows(document)).toEqual([
    ['Mon', '5'],
    ['Mon', '6'],
  ]);
  expect(document.text).toContain('10^2 pass');
  expect(document.text).toContain('nine. [1]');
});
