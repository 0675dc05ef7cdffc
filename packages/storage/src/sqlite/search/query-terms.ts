import type { Language } from '@lorebox/contract/language';
import { normalizeText } from '@lorebox/contract/normalize-text';
import { joinsWords, partsOfCompounds } from './compounds.ts';
import { findQuotes } from './find-quotes.ts';
import { foldLetters, foldScripts } from './fold.ts';
import type { QueryTerm } from './query-term.ts';
import { variantsOfWord, variantsOfWords } from './query-variants.ts';
import { cutWord, groupsOf, needsTriples, segment, unspacedRuns, WORD, withoutUnspaced } from './segment.ts';
import { stemWords } from './stem.ts';
import { isStopWord } from './stop-words.ts';

/** Words and the single characters that join them in part numbers, dates, versions and addresses. */
const PIECE = /[\p{L}\p{N}]+|[-_./:@]/gu;
const JOINERS = '-_./:@';
const HAS_DIGIT = /\p{N}/u;
const MAX_TERMS = 128;
/** A word that a long question repeats is important, but not without limit. In a few sentences, it is chance. */
const MAX_COUNT = 3;
const LONG_QUERY = 60;

/** Returns the terms of a query. `languages` are the languages of the texts: a word is stemmed in each of them. */
export function queryTerms(query: string, languages: readonly Language[] = []): QueryTerm[] {
  const folded = foldScripts(normalizeText(query, 'NFKC').toLowerCase());
  const words = (withoutUnspaced(folded).match(WORD) ?? []).map(cutWord);
  const maxCount = words.length > LONG_QUERY ? MAX_COUNT : 1;
  const terms = new Map<string, QueryTerm>();
  const add = (text: string, prefix = false) => {
    const count = Math.min(maxCount, (terms.get(text)?.count ?? 0) + 1);
    terms.set(text, { text, prefix, count });
  };
  for (const run of unspacedRuns(folded)) {
    for (const pair of groupsOf(run, 2)) add(pair, [...pair].length === 1);
    if (needsTriples(run)) for (const triple of groupsOf(run, 3)) add(triple);
  }
  for (const word of words) add(word);
  const content = [...terms.values()].filter(({ text }) => !isStopWord(text, languages));
  const kept = inEach(content.length > 0 ? content : [...terms.values()], languages);
  const compounds = findCompounds(folded);
  const inForms = (texts: readonly string[]) =>
    inEach(
      texts.map((text) => ({ text, prefix: false, count: 1 })),
      languages,
    );
  const parts = languages.some(joinsWords) ? kept.flatMap(partsOfCompounds) : [];
  const others = inForms(otherSpellings(words, compounds));
  return unique([...inForms(compounds), ...kept, ...others, ...parts]).slice(0, MAX_TERMS);
}

/** Returns the forms of each content word of a query, or of each pair of characters, as FTS5 MATCH expressions. */
export function wordExpressions(query: string, languages: readonly Language[] = []): string[] {
  const folded = foldScripts(normalizeText(query, 'NFKC').toLowerCase());
  const words = (withoutUnspaced(folded).match(WORD) ?? []).map(cutWord).filter((word) => !isStopWord(word, languages));
  const pairs = unspacedRuns(folded).flatMap((run) => groupsOf(run, 2));
  return [...new Set([...words, ...pairs])].map((text) => {
    const forms = inEach([{ text, prefix: false, count: 1 }], languages);
    return toMatchExpression(forms) ?? '';
  });
}

function otherSpellings(words: readonly string[], compounds: readonly string[]): string[] {
  const single = words.flatMap((word) => variantsOfWord(foldLetters(word), word));
  const joined = compounds.map((compound) => cutWord(compound.replaceAll(' ', '')));
  return [...single, ...variantsOfWords(words), ...joined];
}

function unique(terms: readonly QueryTerm[]): QueryTerm[] {
  return [...new Map(terms.map((term) => [`${term.text}${term.prefix ? '*' : ''}`, term])).values()];
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
  return compounds.slice(0, MAX_TERMS).reverse();
}

function inEach(terms: readonly QueryTerm[], languages: readonly Language[]): QueryTerm[] {
  const forms = new Map<string, QueryTerm>();
  for (const term of terms) {
    for (const language of languages.length === 0 ? [null] : languages) {
      const text = foldLetters(language === null ? term.text : stemWords(term.text, language));
      const known = forms.get(text)?.count ?? 0;
      forms.set(text, { ...term, text, count: Math.max(known, term.count) });
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
    const isPhrase = words.length > 1 || HAS_DIGIT.test(words[0] ?? '') || quoted.length > 0;
    return words.length > 0 && isPhrase && words.length <= MAX_PHRASE_WORDS;
  });
  const asked = phrases.map((words) => ({ text: words.join(' '), prefix: false, count: 1 }));
  return asked.length === 0
    ? null
    : inEach(asked, languages)
        .map(({ text }) => `"${text}"`)
        .join(' OR ');
}

function wordsOf(text: string): string[] {
  return segment(text).words.match(WORD) ?? [];
}

/** Returns the FTS5 MATCH expression: any of the terms, ranked by BM25. Null if the query has no words. */
export function toMatchExpression(terms: readonly QueryTerm[]): string | null {
  if (terms.length === 0) return null;
  return terms
    .flatMap(({ text, prefix, count }) => {
      return Array.from({ length: count }, () => `"${text.replaceAll('"', '""')}"${prefix ? '*' : ''}`);
    })
    .join(' OR ');
}
