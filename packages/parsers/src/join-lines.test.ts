import { expect, it } from 'vitest';
import { joinLines, KnownWords } from './join-lines.ts';

const known = new KnownWords(() => ['the oil-grade of an example', 'hardening', 'a language', 'independent work']);

it.each([
  ['an exam-', 'ple', 'an example'],
  ['a well-', 'known oil', 'a well-known oil'],
  ['of oil-', 'grade seven', 'of oil-grade seven'],
  ['year-on-', 'year change', 'year-on-year change'],
  ['part AB-', '1234', 'part AB-1234'],
  ['Nord-', 'Ost-Kai', 'Nord-Ost-Kai'],
  ['need 10-', '15 litres', 'need 10-15 litres'],
  ['https://shop.example/oil-', 'grade/7 or', 'https://shop.example/oil-grade/7 or'],
  ['the hard-', 'ening of', 'the hardening of'],
  ['a language-', 'independent way', 'a language-independent way'],
  ['a dash -', 'then text', 'a dash - then text'],
  ['soft hy\u00ad', 'phen', 'soft hyphen'],
  ['東京', '大阪', '東京大阪'],
  ['two', 'lines', 'two lines'],
])('joins: %s / %s', (text, line, expected) => {
  expect(joinLines(text, line, known)).toBe(expected);
});
