import { expect, it } from 'vitest';
import { parseCase } from '../testing/read-case.ts';

it('13: raised text, struck prices, readings, formulas, links, form state and hidden text', async () => {
  const { text, blocks, warnings } = await parseCase('13-html-inline', 'inline.html');
  const searched = blocks
    .filter(({ excluded }) => !excluded)
    .map(({ start, end }) => text.slice(start, end))
    .join('\n');
  for (const expected of [
    'The tank holds 10^3 litres; water is H2O; see note [4].',
    'Was ~~99 euros~~ 79 euros',
    '漢字(かんじ)',
    'Rate 1/2 of it.',
    'https://forms.example/leave?year=2024',
    'Map of the harbour',
    'Name Ada Lovelace',
    'Plan Gold',
    '[x] Newsletter',
    '[ ] Phone calls',
    '5 < 7 && café €20',
  ]) {
    expect(searched).toContain(expected);
  }
  expect(text).not.toMatch(/2222|3333|4444/);
  expect(searched).not.toMatch(/1111|2222|3333|4444|7777|8888|9999|Basic|Nav link|base64/);
  expect(warnings).toContain('Hidden text (3 parts) was left out.');
});
