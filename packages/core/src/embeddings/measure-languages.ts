import { guessLanguage } from '../text/guess-language.ts';

const WORD = /[\p{L}\p{M}]+/gu;
const MAX_SAMPLE = 2000;
/** Shorter texts, such as codes and numbers, have no language. */
const MIN_LETTERS = 40;
/** The vocabulary of the English model understands more of any English text, and less of most others. */
const MIN_ENGLISH_COVERAGE = 0.45;

/** Number of texts by language. */
export interface LanguageCounts {
  english: number;
  other: number;
}

/**
 * Counts texts that are English, and texts that aren't. Those without enough letters count as neither. `coverage` is the
 * share of a text that the English model understands.
 */
export function measureLanguages(
  texts: readonly string[],
  coverage: (text: string) => number,
  minLetters = MIN_LETTERS,
): LanguageCounts {
  const counts = { english: 0, other: 0 };
  for (const text of texts) {
    const sample = text.slice(0, MAX_SAMPLE);
    const words = sample.toLowerCase().match(WORD) ?? [];
    if (words.reduce((sum, word) => sum + word.length, 0) < minLetters) continue;
    const language = guessLanguage(words);
    const isEnglish = language === null ? coverage(sample) >= MIN_ENGLISH_COVERAGE : language === 'en';
    counts[isEnglish ? 'english' : 'other'] += 1;
  }
  return counts;
}
