import { expect, it } from 'vitest';
import { parseCase } from '../testing/read-case.ts';

it('03: raised digits of a PDF are not glued to the number', async () => {
  const { text } = await parseCase('03-superscripts', 'limits.pdf');
  expect(text).toContain('10^3 litres');
  expect(text).toContain('6,02 x 10^23 per mole');
  expect(text).toContain('230 [1] million');
  expect(text).toContain('H2O');
});
