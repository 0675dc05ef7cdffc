import { normalizeText } from '@lorebox/contract/normalize-text';

/** Function words of the larger European languages, which are ignored. */
const STOP_WORDS = new Set(
  (
    'a about after all also an and any are as at be because been but by can could did do does for from had has have he her ' +
    'his how i if in into is it its just like may more most no not of on one only or other our out she should so some such ' +
    'than that the their them then there these they this to up was we were what when where which who why will with would ' +
    'you your der die das und ist ein eine einer eines den dem des im in zu mit auf für von wie was wer wo warum nicht auch ' +
    'le la les un une des et est dans pour par que qui sur au aux du de el los las y en por con para una uno del se'
  ).split(' '),
);
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** Scripts without spaces between words. */
export const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u;

export const isStopWord = (word: string) => STOP_WORDS.has(word);

/**
 * Content words, folded and stemmed roughly. Character pairs for scripts without spaces. `keyOf` may replace the stem of
 * a word in lowercase; an empty key leaves the word out.
 */
export function contentWords(text: string, keyOf: (word: string) => string = roughStem): string[] {
  const words: string[] = [];
  for (const [word] of normalizeText(text, 'NFKC').toLowerCase().matchAll(WORD)) {
    if (UNSPACED.test(word)) {
      const chars = [...word];
      for (let i = 0; i + 1 < chars.length; i += 1) words.push(`${chars[i]}${chars[i + 1]}`);
    } else if (!isStopWord(word)) {
      const key = keyOf(word);
      if (key !== '') words.push(key);
    }
  }
  return words;
}

const SUFFIX = /(?:ational|ations?|ments?|ingly|ings?|edly|ies|ed|ers?|es|ly|en|e|s)$/;
const MAX_STEMS = 20_000;
/** Caches stems, because the same words come up often and a lookup takes a tenth of the time. */
const stems = new Map<string, string>();

export function roughStem(word: string): string {
  if (word.length < 5) return word;
  const cachedStem = stems.get(word);
  if (cachedStem !== undefined) return cachedStem;
  const stem = /\p{N}/u.test(word) ? word : word.replace(SUFFIX, '');
  if (stems.size >= MAX_STEMS) stems.clear();
  stems.set(word, stem);
  return stem;
}

/** Share of `needles` that occur in `hay`; 0 if there are no needles. */
export function overlap(needles: readonly string[], hay: ReadonlySet<string>): number {
  if (needles.length === 0) return 0;
  let count = 0;
  for (const needle of needles) if (hay.has(needle)) count += 1;
  return count / needles.length;
}
