import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseCase } from '../testing/read-case.ts';

const CASE = '21-encodings';
const FILES = readdirSync(new URL(`../testing/cases/${CASE}/`, import.meta.url)).filter(
  (name) => !name.endsWith('.json'),
);

it.each(FILES)('21: %s has no wrong letters', async (file) => {
  const { text } = await parseCase(CASE, file);
  expect(text).not.toMatch(/[\ufffd\u2500-\u259fÃ]/);
  expect(text).toMatch(/\p{L}{2}/u);
});

it('21: lines of different encodings', async () => {
  const { text, warnings } = await parseCase(CASE, 'mixed.txt');
  expect(text).toBe('Straße in UTF-8.\nStraße in cp1252.\nPlain.');
  expect(warnings).toEqual(['1 line is not in UTF-8 like the others and was read as windows-1252.']);
});

it('21: padding separates words', async () => {
  expect((await parseCase(CASE, 'nul.txt')).text).toMatch(/^Record one value 4711 *\nRecord two value 4712/);
});

it.each([
  ['cp1251.txt', /[а-яё]{4}/],
  ['sjis.txt', /[\u3040-\u30ff\u4e00-\u9fff]{3}/],
  ['gbk.csv', /[\u4e00-\u9fff]{2}/],
  ['latin2.txt', /[łśżąęůřčě]/i],
  ['rtl.txt', /[\u0590-\u06ff]{3}/],
])('21: %s', async (file, letters) => {
  expect((await parseCase(CASE, file)).text).toMatch(letters);
});
