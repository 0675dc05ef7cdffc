import { expect, it } from 'vitest';
import { listBlocks } from '../testing/parse.ts';
import { parseCase } from '../testing/read-case.ts';

it('numbers the headings of a multilevel list that is linked to styles', async () => {
  const headings = listBlocks(await parseCase('01-docx-heading-numbers', 'contract.docx')).filter((line) =>
    line.startsWith('heading'),
  );
  expect(headings).toEqual([
    'heading: 1 Supply of goods',
    'heading: 1.1 Delivery dates',
    'heading: 1.1.1 Late delivery',
    'heading: 1.2 Acceptance',
    'heading: 2 Payment',
    'heading: 2.1 Invoices',
    'heading: 2.2 Interest on arrears',
  ]);
});
