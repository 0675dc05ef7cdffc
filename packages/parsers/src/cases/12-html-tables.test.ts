import { expect, it } from 'vitest';
import { listRows, parseCase } from '../testing/read-case.ts';

it('12: cells stay under their headings', async () => {
  expect(listRows(await parseCase('12-html-tables', 'rowspan.html'))).toEqual([
    ['Region', 'Season', 'Adult', 'Child'],
    ['North', 'Summer', '31', '12'],
    ['North', 'Winter', '22', '9'],
    ['South', 'Summer', '45', '19'],
    ['South', 'Winter', '33', '15'],
    ['Island, all year', '', '50', '20'],
    ['Item', 'Parts', 'Price'],
    ['Kit A', 'bolt 4; nut 8', '77.00'],
    ['Kit B', 'none', '88.00'],
  ]);
});
