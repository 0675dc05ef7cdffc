import { expect, it } from 'vitest';
import { listRows, parseCase } from '../testing/read-case.ts';

it('has the label of a merged cell in every row', async () => {
  expect(listRows(await parseCase('04-xlsx-merged', 'fees.xlsx'))).toEqual([
    ['Fee schedule 2024'],
    ['Region', 'Service', 'Service', 'Price', 'Valid from'],
    ['North', 'Survey', '', '120', '2024-03-01'],
    ['North', 'Report', '', '80', '2024-04-01'],
    ['South', 'Survey', '', '95', '2024-05-01'],
    ['South', 'Report', '', '60', '2024-06-01'],
  ]);
});
