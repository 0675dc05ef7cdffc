import { expect, it } from 'vitest';
import { parse } from '../testing/parse.ts';
import { parseCase } from '../testing/read-case.ts';

it('34: ids, states, units and tolerances of XML elements', async () => {
  const { text } = await parseCase('34-xml-attributes', 'parts.xml');
  expect(text.split(/\n+/)).toEqual([
    'catalog: supplier=Larch Ltd, issued=2024-03-01',
    'part: id A-77, status withdrawn',
    'name: Relief valve',
    'pressure: 7 bar (tolerance=0.2)',
    'replaces: ref=A-12',
    'part: id B-19, status current',
    'name: Ball valve',
    'pressure: 900 kPa (tolerance=5)',
  ]);
});

it('34: currencies and units of invoices', async () => {
  const { text } = await parse(
    '<Invoice><Amount currencyID="CHF">1250.00</Amount><Quantity unitCode="KGM">30</Quantity></Invoice>',
    'a.xml',
  );
  expect(text).toBe('Amount: CHF 1250.00\n\nQuantity: 30 KGM');
});
