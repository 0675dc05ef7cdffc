import { expect, it } from 'vitest';
import { parseCase } from '../testing/read-case.ts';

it('keeps raised digits apart from the numbers before them, and formulas in one line', async () => {
  const { text } = await parseCase('03-superscripts', 'limits.docx');
  expect(text).toContain('holds 10^3 litres and the flux is 6,02 x 10^23 per mole.');
  expect(text).toContain('rose to 230 [1] million euros');
  expect(text).toContain('below 1/2+x^2 bar');
  expect(text).not.toMatch(/103|1023|2301|12\+x2/);
});
