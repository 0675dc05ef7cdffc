import type { Language } from '@lorebox/contract/language';
import { normalizeText } from '@lorebox/contract/normalize-text';
import { findQuotes } from './find-quotes.ts';
import { stemWords } from './stem.ts';
import { isStopWord } from './stop-words.ts';

/**
 * Handles what the tokenizer of SQLite can't do. Scripts without spaces are split into overlapping character pairs in
 * both indexing and queries; everything else is left to `porter unicode61`.
 */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}ー々〆]+/gu;
export const HAS_UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** `language` null: as in the first versions, for indexes created by them. */
export function segmentForIndex(text: string, language: Language | null = null): string {
  const folded = normalizeText(text, 'NFKC');
  const spaced = HAS_UNSPACED.test(folded) ? folded.replace(UNSPACED, (run) => ` ${bigrams(run).join(' ')} `) : folded;
  const cut = hasLongRun(spaced) ? spaced.replace(WORD, cutWord) : spaced;
  return language === null ? cut : stemWords(cut.toLowerCase(), language);
}

/** Longer words are truncated to this length, in the index and in queries. */
const MAX_WORD_LENGTH = 64;

function cutWord(word: string): string {
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

/** "検索する" -> 検索, 索す, する. A single character stays unchanged. */
export function bigrams(run: string): string[] {
  const chars = [...run];
  if (chars.length < 2) return chars;
  return chars.slice(1).map((char, i) => `${chars[i]}${char}`);
}

export interface QueryTerm {
  /** Text for a quoted FTS5 string. */
  text: string;
  /** Matches words with this prefix: for a single character of a script without spaces. */
  prefix: boolean;
}

export const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** Words and the single characters that join them in part numbers, dates, versions and addresses. */
const PIECE = /[\p{L}\p{N}]+|[-_./:@]/gu;
const JOINERS = '-_./:@';
const HAS_DIGIT = /\p{N}/u;
const MAX_TERMS = 64;

/** Returns the terms of a query. `languages` are the languages of the texts: a word is stemmed in each of them. */
export function queryTerms(query: string, languages: readonly Language[] = []): QueryTerm[] {
  const folded = normalizeText(query, 'NFKC').toLowerCase();
  const terms = new Map<string, QueryTerm>();
  const add = (text: string, prefix = false) => terms.set(text, { text, prefix });
  for (const [run] of folded.matchAll(UNSPACED)) for (const pair of bigrams(run)) add(pair, [...pair].length === 1);
  for (const [word] of folded.replace(UNSPACED, ' ').matchAll(WORD)) add(cutWord(word));
  const content = [...terms.values()].filter(({ text }) => !isStopWord(text, languages));
  const kept = inEach(content.length > 0 ? content : [...terms.values()], languages);
  const compounds = findCompounds(folded).map((text) => ({ text, prefix: false }));
  if (compounds.length > 0) kept.unshift(...inEach(compounds.reverse(), languages));
  return kept.slice(0, MAX_TERMS);
}

/** "type a-17.2b now" -> "a 17 2b": joined pieces that contain a digit. The number is limited. */
function findCompounds(text: string): string[] {
  const compounds: string[] = [];
  let words: string[] = [];
  let end = -1;
  let isAfterWord = false;
  let isJoined = false;
  const finish = () => {
    if (words.length > 1 && words.some((word) => HAS_DIGIT.test(word))) compounds.push(words.map(cutWord).join(' '));
    words = [];
  };
  for (const { 0: piece, index } of text.matchAll(PIECE)) {
    const isWord = !JOINERS.includes(piece);
    const isAdjacent = index === end;
    if (isWord) {
      if (!(isAdjacent && isJoined)) finish();
      words.push(piece);
    }
    isJoined = !isWord && isAdjacent && isAfterWord;
    isAfterWord = isWord;
    end = index + piece.length;
    if (compounds.length >= MAX_TERMS) break;
  }
  finish();
  return compounds.slice(0, MAX_TERMS);
}

function inEach(terms: readonly QueryTerm[], languages: readonly Language[]): QueryTerm[] {
  if (languages.length === 0) return [...terms];
  const forms = new Map<string, QueryTerm>();
  for (const { text, prefix } of terms) {
    for (const language of languages) {
      const form = stemWords(text, language);
      forms.set(form, { text: form, prefix });
    }
  }
  return [...forms.values()];
}

/** Longer queries are questions or descriptions, which rarely appear verbatim in a text. */
const MAX_PHRASE_WORDS = 12;

/**
 * Returns what to find verbatim, as an FTS5 MATCH expression: the quoted parts, otherwise the whole query if it is
 * short. Null for a single plain word, which every match contains, and for longer queries.
 */
export function toPhraseExpression(query: string, languages: readonly Language[] = []): string | null {
  const quoted = findQuotes(query);
  const phrases = (quoted.length > 0 ? quoted : [query]).map(wordsOf).filter((words) => {
    const isPhrase = words.length > 1 || /\p{N}/u.test(words[0] ?? '') || quoted.length > 0;
    return words.length > 0 && isPhrase && words.length <= MAX_PHRASE_WORDS;
  });
  const asked = phrases.map((words) => ({ text: words.join(' '), prefix: false }));
  return asked.length === 0
    ? null
    : inEach(asked, languages)
        .map(({ text }) => `"${text}"`)
        .join(' OR ');
}

function wordsOf(text: string): string[] {
  const folded = segmentForIndex(text.toLowerCase());
  return [...folded.matchAll(WORD)].map(([word]) => word);
}

/** Returns the FTS5 MATCH expression: any of the terms, ranked by BM25. Null if the query has no words. */
export function toMatchExpression(terms: readonly QueryTerm[]): string | null {
  if (terms.length === 0) return null;
  return terms.map(({ text, prefix }) => `"${text.replaceAll('"', '""')}"${prefix ? '*' : ''}`).join(' OR ');
}
