import { classifyQuestion } from '../reading/classify-question.ts';
import { MONTHS } from '../reading/document-dates.ts';
import { isYear } from './find-header.ts';
import {
  BLOCKING,
  BLOCKING_CHARACTERS,
  FUNCTION_PHRASES,
  GENERIC,
  NEUTRAL_PHRASES,
  type TableFunction,
} from './query-words.ts';
import { findPhrase, type Token, tokenize } from './question-tokens.ts';

/** Longer questions are rarely about one number. */
const MAX_TOKENS = 60;

export interface TableQuestion {
  tokens: readonly Token[];
  /** In order of the question. Empty for a list of values. */
  functions: readonly TableFunction[];
  /** Positions of the words of functions. */
  functionWords: ReadonlySet<number>;
}

const PHRASES = [
  ...FUNCTION_PHRASES.flatMap(([name, phrases]) => phrases.map((phrase) => ({ name, phrase: tokenize(phrase) }))),
  ...NEUTRAL_PHRASES.map((phrase) => ({ name: null, phrase: tokenize(phrase) })),
].sort((a, b) => b.phrase.length - a.phrase.length);

/** Reads a question for a number or a list of values. Null for others, and for those that tables can't answer. */
export function readTableQuestion(question: string): TableQuestion | null {
  const tokens = tokenize(question);
  const isBlocked = tokens.some(({ text }) => BLOCKING.has(text)) || BLOCKING_CHARACTERS.test(question);
  if (tokens.length > MAX_TOKENS || isBlocked) return null;
  const functionWords = new Set<number>();
  const found: { name: TableFunction; at: number }[] = [];
  for (const { name, phrase } of PHRASES) {
    for (const at of findExact(tokens, phrase)) {
      const positions = phrase.map((_, i) => at + i);
      if (positions.some((position) => functionWords.has(position))) continue;
      for (const position of positions) functionWords.add(position);
      if (name !== null) found.push({ name, at });
    }
  }
  const functions = [...new Set(found.sort((a, b) => a.at - b.at).map(({ name }) => name))];
  if (functions.length === 0 && classifyQuestion(question) !== 'list' && !asksWhichExist(tokens)) return null;
  return { tokens, functions, functionWords };
}

/** Function words are compared without stems: a mayor is no "mayor". */
function findExact(tokens: readonly Token[], phrase: readonly Token[]): number[] {
  return findPhrase(tokens, phrase).filter((at) => phrase.every(({ text }, i) => tokens[at + i]?.text === text));
}

/** "Which countries are there?" */
function asksWhichExist(tokens: readonly Token[]): boolean {
  const words = tokens.map(({ text }) => text);
  return /^(?:which|what) .{1,60} (?:are|is) (?:there|in the|listed)\b|^welche .{1,60} gibt es\b|^quels? .{1,60} y a\b|^que .{1,60} hay\b/.test(
    words.join(' '),
  );
}

export function isGeneric({ text }: Token): boolean {
  return GENERIC.has(text);
}

/** Years and months that the question names, with the positions of their words. */
export function readPeriod(tokens: readonly Token[]): {
  year: string | null;
  month: number | null;
  positions: number[];
} {
  const years = tokens.flatMap(({ text }, at) => (isYear(text) ? [at] : []));
  const months = tokens.flatMap(({ text }, at) => {
    const month = MONTHS.findIndex((names) => names.includes(text)) + 1;
    const isVerb = text === 'may' && !/^(?:in|of|from|for)$/.test(tokens[at - 1]?.text ?? '');
    return month > 0 && !isVerb ? [{ at, month }] : [];
  });
  const isOne = years.length <= 1 && months.length <= 1;
  if (!isOne) return { year: null, month: null, positions: [] };
  return {
    year: tokens[years[0] ?? -1]?.text ?? null,
    month: months[0]?.month ?? null,
    positions: [...years, ...months.map(({ at }) => at)],
  };
}
