import { expect, it } from 'vitest';
import { listRows, parseCase } from '../testing/read-case.ts';

it('11: one row for each row of the table, also where cells wrap', async () => {
  expect(listRows(await parseCase('11-pdf-tables', 'wrapped.pdf'))).toEqual([
    ['Pump', 'Task', 'Every'],
    ['A-17', 'Check the oil, wipe the gauge and write the level into the log book that hangs on the door', '90 days'],
    [
      'B-02',
      'Replace the filter; use only the blue ones from the store on the second floor',
      '30 days or after each flood',
    ],
    ['C-11', 'Grease', 'weekly'],
  ]);
});
