import type { Language } from '@lorebox/contract/language';
import { isFunctionWord } from './detect-language.ts';
import { stemWords } from './stem.ts';

/**
 * What the tokenizer of SQLite can't do by itself. Scripts that are written without spaces are cut into overlapping
 * pairs of characters, at indexing and at asking alike; everything else is left to `porter unicode61`.
 */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}ー々〆]+/gu;
const HAS_UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** `language` null: as the first versions did, which older indexes are made of. */
export function segmentForIndex(text: string, language: Language | null = null): string {
  const folded = text.normalize('NFKC');
  const stemmed = language === null ? folded : stemWords(folded.toLowerCase(), language);
  if (!HAS_UNSPACED.test(stemmed)) return stemmed;
  return stemmed.replace(UNSPACED, (run) => ` ${bigrams(run).join(' ')} `);
}

/** "検索する" -> 検索, 索す, する. A single character stays as it is. */
export function bigrams(run: string): string[] {
  const chars = [...run];
  if (chars.length < 2) return chars;
  return chars.slice(1).map((char, i) => `${chars[i]}${char}`);
}

/** English words that carry no meaning; dropped from a question that has other words. */
const STOP_WORDS = new Set(
  (
    'a about an and any are as at be been but by can could did do does for from had has have how i if in into is it ' +
    'its me my no not of on or our shall should so some such than that the their them then there these they this to ' +
    'was we were what when where which who whom why will with would you your'
  ).split(' '),
);

export interface QueryTerm {
  /** As it goes between the quotes of an FTS5 string. */
  text: string;
  /** Matches words that begin so: for a lone character of an unspaced script. */
  prefix: boolean;
}

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** Part numbers, dates, versions, addresses: pieces that belong together. */
const COMPOUND = /[\p{L}\p{N}]+(?:[-_./:@][\p{L}\p{N}]+)+/gu;
const MAX_TERMS = 64;

/** `languages` are those of the texts: a word is asked for in the form that it has in each of them. */
export function queryTerms(query: string, languages: readonly Language[] = []): QueryTerm[] {
  const folded = query.normalize('NFKC').toLowerCase();
  const terms = new Map<string, QueryTerm>();
  const add = (text: string, prefix = false) => terms.set(text, { text, prefix });
  for (const [run] of folded.matchAll(UNSPACED)) for (const pair of bigrams(run)) add(pair, [...pair].length === 1);
  for (const [word] of folded.replace(UNSPACED, ' ').matchAll(WORD)) add(word);
  const content = [...terms.values()].filter(({ text }) => !STOP_WORDS.has(text) && !isFunctionWord(text, languages));
  const kept = inEach(content.length > 0 ? content : [...terms.values()], languages);
  for (const [compound] of folded.matchAll(COMPOUND)) {
    if (!/\p{N}/u.test(compound)) continue;
    const pieces = compound.replace(/[^\p{L}\p{N}]+/gu, ' ');
    kept.unshift(...inEach([{ text: pieces, prefix: false }], languages));
  }
  return kept.slice(0, MAX_TERMS);
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

const QUOTED = /"([^"]+)"|“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»|「([^」]+)」/gu;
/** A longer query is a question or a description; its words rarely stand in a text as they are. */
const MAX_PHRASE_WORDS = 12;

/**
 * What is to be found word by word, as an FTS5 MATCH expression: that which stands in quotes, else the whole query when it
 * is short. Null for a single plain word, which any match has, and for everything longer.
 */
export function toPhraseExpression(query: string, languages: readonly Language[] = []): string | null {
  const quoted = [...query.matchAll(QUOTED)].map((found) => found.slice(1).find((text) => text !== undefined) ?? '');
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

/** The FTS5 MATCH expression: any of the terms, ranked by BM25. Null when the query holds no word at all. */
export function toMatchExpression(terms: readonly QueryTerm[]): string | null {
  if (terms.length === 0) return null;
  return terms.map(({ text, prefix }) => `"${text.replaceAll('"', '""')}"${prefix ? '*' : ''}`).join(' OR ');
}
