import { expect, it } from 'vitest';
import { guessLanguage } from './guess-language.ts';

const guess = (text: string) => guessLanguage(text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []);

it.each([
  ['The pump is tested by the operator.', 'en'],
  ['Die Pumpe wird von der Firma geprüft.', 'de'],
  ['La pompe est vérifiée par la société.', 'fr'],
  ['La bomba es revisada por el operador.', 'es'],
  ['Насос проверяет оператор.', 'cyrillic'],
  ['水泵由操作员检查。每周一次。', 'han'],
  ['Pump 12', null],
  ['', null],
])('%j is %s', (text, language) => {
  expect(guess(text)).toBe(language);
});
