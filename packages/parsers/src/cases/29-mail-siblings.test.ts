import { expect, it } from 'vitest';
import { parseCase } from '../testing/read-case.ts';

it('29: "view in browser" beside the order', async () => {
  const { text } = await parseCase('29-mail-siblings', 'viewinbrowser.eml');
  expect(text).toContain('Order 7781: two lamps, total 66.00, delivered on Friday to pier 3.');
  expect(text).toContain('https://shop.example/v/1');
});
