import { IDENTIFIER_WORDS } from './query-words.ts';
import { findPhrase, type Token, tokenize } from './question-tokens.ts';
import { isGeneric } from './read-question.ts';
import type { Column, Table } from './table.ts';

export interface ColumnMatch {
  column: Column;
  index: number;
  /** Positions of the question's words that occur in the header. */
  positions: readonly number[];
  /** A whole header counts more than some of its words. */
  strength: number;
}

const WHOLE_HEADER = 10;
/** For words that also name a function, as in a column "Total". */
const FUNCTION_WORD_FACTOR = 0.5;

/** Columns whose headers share words with the question, best first. */
export function matchColumns(
  { columns }: Table,
  tokens: readonly Token[],
  functionWords: ReadonlySet<number>,
): ColumnMatch[] {
  const matches = columns.flatMap((column, index): ColumnMatch[] => {
    const header = tokenize(column.name).slice(0, 20);
    const whole = findPhrase(tokens, header)[0];
    const isOnlyGeneric = header.every(isGeneric);
    if (whole !== undefined && !isOnlyGeneric) {
      const positions = header.map((_, i) => whole + i);
      const isFunction = positions.every((position) => functionWords.has(position));
      const strength = (WHOLE_HEADER + header.length) * (isFunction ? FUNCTION_WORD_FACTOR : 1);
      return [{ column, index, positions, strength }];
    }
    const stems = new Set(header.filter((token) => !isGeneric(token)).map(({ stem }) => stem));
    const positions = tokens.flatMap(({ stem }, at) => (stems.has(stem) && !functionWords.has(at) ? [at] : []));
    return positions.length > 0 ? [{ column, index, positions, strength: positions.length / header.length }] : [];
  });
  return matches.sort((a, b) => b.strength - a.strength);
}

/** The best match. Null if there is none, or if another one is as good. */
export function clearBest(matches: readonly ColumnMatch[]): ColumnMatch | null {
  const [best, second] = matches;
  return best && best.strength !== second?.strength ? best : null;
}

export function isWholeHeader({ strength }: ColumnMatch): boolean {
  return strength >= WHOLE_HEADER * FUNCTION_WORD_FACTOR;
}

/** Numbers that can be added, unlike ids, years and postal codes. */
export function isMeasure({ name, type }: Column): boolean {
  return type === 'number' && !tokenize(name).some(({ text }) => IDENTIFIER_WORDS.has(text));
}
