import { expect, it } from 'vitest';
import { listRows, parseCase } from '../testing/read-case.ts';

it('shows and names formulas without a stored result', async () => {
  const document = await parseCase('06-xlsx-formula-uncached', 'budget.xlsx');
  expect(listRows(document)).toEqual([
    ['Post', 'Amount', 'Share'],
    ['Rent', '1200', '=B2/B4'],
    ['Power', '300'],
    ['Total', '=SUM(B2:B3)'],
  ]);
  expect(document.warnings.join('\n')).toContain('Sheet "Budget": 2 formulas have no stored result (C2, B4)');
});
