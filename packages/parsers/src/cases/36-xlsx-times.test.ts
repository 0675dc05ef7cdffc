import { expect, it } from 'vitest';
import { listRows, parseCase } from '../testing/read-case.ts';

it('shows times to the minute they were entered', async () => {
  const rows = listRows(await parseCase('36-xlsx-times', 'shifts.xlsx')).slice(1);
  expect(rows).toHaveLength(24);
  for (const [shift, begins, ends] of rows) {
    expect(begins).toBe(shift);
    const [from, to] = [Date.parse(`${begins}Z`), Date.parse(`${ends}Z`)];
    expect(to - from).toBe(8 * 3_600_000);
  }
  expect(rows[2]).toEqual(['2024-04-10 01:44', '2024-04-10 01:44', '2024-04-10 09:44']);
});
