import { expect, it } from 'vitest';
import { parseCase } from '../testing/read-case.ts';

it('leaves hidden sheets, rows and columns out and names them', async () => {
  const { text, warnings } = await parseCase('07-xlsx-hidden', 'people.xlsx');
  expect(text).toBe('Name | City\nAda | Bern\nCy | Chur');
  expect(warnings).toEqual([
    'Sheet "Public": hidden row 3 and column B left out. Unhide to include.',
    'Hidden sheets left out: "Internal", "Deep". Unhide to include.',
  ]);
});

it('keeps chart titles, link targets and comments', async () => {
  const { text } = await parseCase('07-xlsx-hidden', 'chart.xlsx');
  expect(text).toContain('Portal (https://portal.example/login)');
  expect(text).toContain('Sales of the kiosk');
  expect(text).toContain('Feb (Comment: Closed for a week) | 45');
});
