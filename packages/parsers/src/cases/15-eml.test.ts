import { expect, it } from 'vitest';
import { listRows, parseCase } from '../testing/read-case.ts';

it('15: a mail whose text part is a stub', async () => {
  const document = await parseCase('15-eml', 'stub.eml');
  expect(listRows(document)).toEqual([
    ['Bidder', 'Offer'],
    ['Larch', '41 900'],
    ['Birch', '39 500'],
  ]);
  expect(document.text).toContain('The contract goes to Birch.');
});

it('15: a mail whose text part flattens a table', async () => {
  const document = await parseCase('15-eml', 'table.eml');
  expect(listRows(document)).toEqual([
    ['Item', 'Price', 'Stock'],
    ['Valve', '12', '4'],
    ['Gasket', '', '9'],
  ]);
  expect(document.text.match(/Here are the prices/g)).toHaveLength(1);
  expect(document.text.match(/Gasket/g)).toHaveLength(1);
});
