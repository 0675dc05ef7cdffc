import { foldQuestion } from '../reading/fold-question.ts';
import type { ColumnMatch } from './match-columns.ts';
import { findPhrase, type Token, tokenize } from './question-tokens.ts';
import { isGeneric } from './read-question.ts';
import type { Table } from './table.ts';

export interface ValueFilter {
  index: number;
  /** As they occur in the column. */
  values: string[];
  positions: number[];
}

interface Candidate {
  index: number;
  value: string;
  start: number;
  length: number;
}

/** Columns with more different values, such as notes, are not compared. */
const MAX_DISTINCT = 20_000;
const MAX_VALUE_LENGTH = 80;
const PREFIX = 3;

/**
 * Filters for cells that the question names: "orders from Norway". Null if it is unclear which column is meant.
 * `matches` are the columns that the question mentions.
 */
export function matchValues(
  table: Table,
  question: string,
  tokens: readonly Token[],
  matches: readonly ColumnMatch[],
): ValueFilter[] | null {
  const candidates = findCandidates(table, question, tokens).sort((a, b) => b.length - a.length || a.start - b.start);
  const mentioned = new Set(matches.map(({ index }) => index));
  const filters = new Map<number, ValueFilter>();
  const taken = new Set<number>();
  for (const { start, length } of candidates) {
    const positions = Array.from({ length }, (_, i) => start + i);
    if (positions.some((position) => taken.has(position))) continue;
    const same = candidates.filter((candidate) => candidate.start === start && candidate.length === length);
    const columns = [...new Set(same.map(({ index }) => index))];
    const likely = columns.length > 1 ? columns.filter((index) => mentioned.has(index)) : columns;
    const [index] = likely;
    if (index === undefined || likely.length > 1) return null;
    for (const position of positions) taken.add(position);
    const filter = filters.get(index) ?? { index, values: [], positions: [] };
    filter.values.push(...same.filter((candidate) => candidate.index === index).map(({ value }) => value));
    filter.positions.push(...positions);
    filters.set(index, filter);
  }
  return [...filters.values()];
}

function findCandidates({ columns, rows }: Table, question: string, tokens: readonly Token[]): Candidate[] {
  const text = `${question.toLowerCase()} ${foldQuestion(question)}`;
  return columns.flatMap(({ type, name }, index) => {
    if (type !== 'text') return [];
    const header = tokenize(name);
    const values = new Set<string>();
    for (const row of rows) {
      const value = row.texts[index];
      if (value && value.length <= MAX_VALUE_LENGTH) values.add(value);
      if (values.size > MAX_DISTINCT) return [];
    }
    return [...values].flatMap((value): Candidate[] => {
      if (!text.includes(value.slice(0, PREFIX).toLowerCase())) return [];
      const words = tokenize(value);
      if (words.every(isGeneric) || isSame(words, header)) return [];
      return findPhrase(tokens, words).map((start) => ({ index, value, start, length: words.length }));
    });
  });
}

function isSame(words: readonly Token[], header: readonly Token[]): boolean {
  return words.length === header.length && findPhrase(words, header).length > 0;
}
