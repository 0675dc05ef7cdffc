import type { Language } from '@lorebox/contract/language';
import type { QueryTerm } from './query-term.ts';

/** Languages that write compounds as one word. */
const JOINING: ReadonlySet<Language> = new Set(['de', 'nl', 'sv', 'da', 'no', 'fi', 'hu']);
const LATIN_WORD = /[\p{sc=Latin}\p{M}]+/gu;
/** Shorter words are no compounds. */
const MIN_COMPOUND = 9;
/** Shorter words occur in others by chance. */
const MIN_PART = 5;

export const joinsWords = (language: Language): boolean => JOINING.has(language);

/**
 * Returns the long words of a text, spelled backwards. The end of a compound is then the start of a word, which the
 * full-text index can find: "Lebensversicherung" for "Versicherung".
 */
export function reversedCompounds(text: string): string[] {
  return (text.match(LATIN_WORD) ?? []).filter((word) => word.length >= MIN_COMPOUND).map(reverse);
}

/** Returns terms for the compounds that start or end with the word. */
export function partsOfCompounds({ text, prefix }: QueryTerm): QueryTerm[] {
  const isPart = !prefix && text.length >= MIN_PART && text.match(LATIN_WORD)?.[0] === text;
  return isPart ? [text, reverse(text)].map((part) => ({ text: part, prefix: true, count: 1 })) : [];
}

function reverse(word: string): string {
  return [...word].reverse().join('');
}
