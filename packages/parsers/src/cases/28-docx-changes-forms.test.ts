import { expect, it } from 'vitest';
import { parseCase } from '../testing/read-case.ts';

it('reads the state of boxes and lists, link targets, boxes and comments, and leaves hidden text out', async () => {
  const { text, warnings } = await parseCase('28-docx-changes-forms', 'order.docx');
  expect(text).toContain('Tenant type: ☒ company ☐ private person; symbol style: ☑ insured ☐ not insured.');
  expect(text).toContain('parking ☒ wanted, pets ☐ kept; region Baltic');
  expect(text).toContain('leave form (https://intranet.example/forms/leave-2024)');
  expect(text).toContain('The monthly fee is 750 euros plus tax.');
  expect(text.match(/Emergency line 0199-4477/g)).toHaveLength(1);
  expect(text).toContain('Meter 5 | day 118; night 64');
  expect(text).toContain('Comment by Rita: Ask legal about the fee cap.');
  expect(text.match(/Confidential draft KX-7731|Archive copy 88-12/g)).toHaveLength(2);
  expect(text).not.toMatch(/5151|6262|900 euros|struck out/);
  expect(warnings).toEqual([
    'Hidden text left out of 2 paragraphs. Remove the hidden format to include it.',
    '2 tracked deletions left out. Insertions are in the text.',
  ]);
});
