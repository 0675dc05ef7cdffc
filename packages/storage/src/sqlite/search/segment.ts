import type { Language } from '@lorebox/contract/language';
import { normalizeText } from '@lorebox/contract/normalize-text';
import { joinsWords, reversedCompounds } from './compounds.ts';
import { foldLetters, foldScripts } from './fold.ts';
import { stemWords } from './stem.ts';

/**
 * Handles what the tokenizer of SQLite can't do. Scripts without spaces, and Korean, whose particles belong to the word,
 * are split into overlapping character pairs in both indexing and queries.
 */
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}ー々〆]+/gu;
export const HAS_UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
/** Pairs of letters and vowel signs say little, so triples are added. */
const SPELLED = /[\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
export const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** Longer words are truncated to this length, in the index and in queries. */
const MAX_WORD_LENGTH = 64;

/** A text whose words are separated by blanks. */
export interface Segmented {
  /** Words, and pairs of characters, in the order of the text. */
  words: string;
  /** Triples of characters. */
  triples: string[];
}

/** Returns what the full-text table stores. Without a language, words are not stemmed. */
export function segmentForIndex(text: string, language: Language | null = null): string {
  const { words, triples } = segment(text);
  const stemmed = foldLetters(language === null ? words : stemWords(words, language));
  const compounds = language !== null && joinsWords(language) ? reversedCompounds(stemmed) : [];
  // Behind the text, so that they don't separate words of a phrase.
  return [stemmed, ...triples, ...compounds].join(' ');
}

export function segment(text: string): Segmented {
  const folded = foldScripts(normalizeText(text, 'NFKC').toLowerCase());
  const triples: string[] = [];
  const spaced = HAS_UNSPACED.test(folded)
    ? folded.replace(UNSPACED, (run) => {
        if (SPELLED.test(run)) triples.push(...groupsOf(run, 3));
        return ` ${groupsOf(run, 2).join(' ')} `;
      })
    : folded;
  return { words: hasLongRun(spaced) ? spaced.replace(WORD, cutWord) : spaced, triples };
}

/** Runs of characters of scripts without spaces. */
export const unspacedRuns = (text: string): string[] => text.match(UNSPACED) ?? [];
export const withoutUnspaced = (text: string): string => text.replace(UNSPACED, ' ');
export const needsTriples = (run: string): boolean => SPELLED.test(run);

/** "検索する" -> 検索, 索す, する. A shorter run stays unchanged. */
export function groupsOf(run: string, size: number): string[] {
  const chars = [...run];
  if (chars.length < size) return size === 2 ? chars : [];
  return chars.slice(size - 1).map((_, i) => chars.slice(i, i + size).join(''));
}

export function cutWord(word: string): string {
  if (word.length <= MAX_WORD_LENGTH) return word;
  const last = word.charCodeAt(MAX_WORD_LENGTH - 1);
  const isHalf = last >= 0xd800 && last <= 0xdbff;
  return word.slice(0, isHalf ? MAX_WORD_LENGTH - 1 : MAX_WORD_LENGTH);
}

/** Returns whether a word may be too long. Cheap: it only knows ASCII separators. */
function hasLongRun(text: string): boolean {
  let length = 0;
  for (let i = 0; i < text.length; i += 1) {
    length = isAsciiSeparator(text.charCodeAt(i)) ? 0 : length + 1;
    if (length > MAX_WORD_LENGTH) return true;
  }
  return false;
}

function isAsciiSeparator(code: number): boolean {
  return code < 0x30 || (code > 0x39 && code < 0x41) || (code > 0x5a && code < 0x61) || (code > 0x7a && code < 0x80);
}
