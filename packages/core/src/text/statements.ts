import { monthOf } from './month-names.ts';
import { type Span, splitSentences } from './sentences.ts';

const ORDINAL_END = /\S\s\d{1,2}\.$/;
const FIRST_WORD = /^[\p{L}\p{M}]+/u;
/** Longest name of a month, with a character after it. */
const LOOKAHEAD = 16;

/** Sentences like those of `splitSentences`, but not cut after the day of a date such as "1. März". */
export function splitStatements(text: string): Span[] {
  const statements: Span[] = [];
  for (const span of splitSentences(text)) {
    const last = statements.at(-1);
    if (last && continuesDate(text, last, span)) last.end = span.end;
    else statements.push({ ...span });
  }
  return statements;
}

/** The text ends with the day of a date, and the month may follow. */
export function mayContinue(text: string, { start, end }: Span, next: Span | undefined): boolean {
  if (!ORDINAL_END.test(text.slice(Math.max(start, end - LOOKAHEAD), end))) return false;
  return !next || /^[\p{L}\p{M}]{1,15}$/u.test(text.slice(next.start, next.start + LOOKAHEAD));
}

function continuesDate(text: string, { start, end }: Span, next: Span): boolean {
  if (!ORDINAL_END.test(text.slice(Math.max(start, end - LOOKAHEAD), end))) return false;
  if (text.slice(end, next.start).includes('\n')) return false;
  const word = FIRST_WORD.exec(text.slice(next.start, next.start + LOOKAHEAD))?.[0] ?? '';
  return monthOf(word) !== undefined;
}
