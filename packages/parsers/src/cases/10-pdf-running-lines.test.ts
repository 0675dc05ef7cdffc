import { expect, it } from 'vitest';
import { parseCase } from '../testing/read-case.ts';

const CASE = '10-pdf-running-lines';

async function searchedText(file: string): Promise<string> {
  const { text, blocks } = await parseCase(CASE, file);
  return blocks
    .filter(({ excluded }) => !excluded)
    .map(({ start, end }) => text.slice(start, end))
    .join('\n');
}

it('10: five invoices keep their numbers, dates and amounts', async () => {
  const text = await searchedText('invoices.pdf');
  for (const [at, amount] of [410, 520, 630, 740, 850].entries()) {
    expect(text).toContain(`Invoice 2024-${3101 + at}`);
    expect(text).toContain(`Due 2024-0${at + 1}-15`);
    expect(text).toContain(`${amount}.00 EUR`);
  }
});

it('10: a price list keeps all rows', async () => {
  const text = await searchedText('pricelist.pdf');
  const items = new Set(text.match(/\b[A-Z]{1,4}-?\d{3,5}\b/g));
  expect(items.size).toBe(200);
});
