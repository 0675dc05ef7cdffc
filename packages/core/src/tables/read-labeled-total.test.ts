import { expect, it } from 'vitest';
import { readLabeledTotal } from './read-labeled-total.ts';

it.each([
  ['Total: 12.50', '12.50'],
  ['TOTAL 12,50 €', '12,50 €'],
  ['Subtotal: 10\nTotal due: $12.50', '$12.50'],
  ['Gesamtbetrag | EUR 1.250,00', 'EUR 1.250,00'],
  ['Total | 5\n\nTotal: 5', '5'],
  ['总计：12', '12'],
])('reads %j', (text, amount) => {
  const total = readLabeledTotal(text);
  expect(total?.amount).toBe(amount);
  expect(text.slice(total?.start, total?.end)).toContain(amount);
});

it.each(['', 'Total: to be agreed', 'Total: 5\nTotal: 6', 'Total of 5 items', 'Subtotal: 5', 'The total is 5'])(
  'reads nothing from %j',
  (text) => expect(readLabeledTotal(text)).toBeNull(),
);
