import { expect, it } from 'vitest';
import { listRows, parseCase } from '../testing/read-case.ts';

it('keeps the cells of merged Word tables under their headings', async () => {
  expect(listRows(await parseCase('02-docx-merged-cells', 'stock.docx'))).toEqual([
    ['Depot', 'Quarter', 'Ordered', 'Delivered'],
    ['North', 'Q1', '410', '398'],
    ['North', 'Q2', '455', '440'],
    ['South', 'Q1', '120', '119'],
    ['South', 'Q2', '131', '128'],
    ['Delivered in all', '', '', '1085'],
    ['Site', 'Summer', 'Summer', 'Winter', 'Winter'],
    ['', 'Min', 'Max', 'Min', 'Max'],
    ['Harbour', '14', '29', '-3', '8'],
  ]);
});
