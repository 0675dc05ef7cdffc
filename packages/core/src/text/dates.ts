import { monthOf } from './month-names.ts';

/** A date; parts that the text doesn't have are null. */
export interface DateParts {
  day: number | null;
  month: number;
  year: number | null;
}

export interface FoundDate {
  start: number;
  end: number;
  /** More than one if the order of day and month is unclear, as in 3/7/2017. */
  readings: DateParts[];
}

const ISO = /(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/g;
const DOTTED = /(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)/g;
const SLASHED = /(?<![\d/])(\d{1,2})\/(\d{1,2})\/(\d{4})(?!\d)/g;
const HAN = /(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?/g;
const WORD = /[\p{L}\p{M}]{3,14}/gu;
const DAY_BEFORE = /(?<!\d)(\d{1,2})(?:\.|st|nd|rd|th|er|º)?\s{1,2}(?:de\s|of\s)?$/iu;
const DAY_AFTER = /^\.?\s(\d{1,2})(?:st|nd|rd|th)?(?![\d:.]\d|\d)/iu;
const YEAR_AFTER = /^\.?,?\s{1,2}(?:de\s|of\s)?(\d{4})(?!\d)/iu;
const MAX_BEFORE = 12;

/** Dates in words and digits, in order of the patterns. Months are read in all shipped languages. */
export function findDates(text: string): FoundDate[] {
  if (!/\d/.test(text)) return [];
  const dates: FoundDate[] = [];
  const add = (match: RegExpMatchArray, ...readings: (string | undefined)[][]) => {
    const valid = readings.map(toParts).filter((parts) => parts !== null);
    const start = match.index ?? 0;
    if (valid.length > 0) dates.push({ start, end: start + match[0].length, readings: valid });
  };
  for (const match of text.matchAll(ISO)) add(match, [match[3], match[2], match[1]]);
  for (const match of text.matchAll(DOTTED)) add(match, [match[1], match[2], match[3]]);
  for (const match of text.matchAll(SLASHED))
    add(match, [match[1], match[2], match[3]], [match[2], match[1], match[3]]);
  for (const match of text.matchAll(HAN)) add(match, [match[3], match[2], match[1]]);
  for (const match of text.matchAll(WORD)) {
    const month = monthOf(match[0]);
    const date = month === undefined ? null : readAround(text, match.index, match[0], month);
    if (date) dates.push(date);
  }
  return dates;
}

function readAround(text: string, at: number, word: string, month: number): FoundDate | null {
  const before = DAY_BEFORE.exec(text.slice(Math.max(0, at - MAX_BEFORE), at));
  let end = at + word.length;
  const after = before ? null : DAY_AFTER.exec(text.slice(end, end + MAX_BEFORE));
  if (after) end += after[0].length;
  const year = YEAR_AFTER.exec(text.slice(end, end + MAX_BEFORE));
  if (year) end += year[0].length;
  const parts = toParts([before?.[1] ?? after?.[1], String(month), year?.[1]]);
  if (!parts || (parts.day === null && parts.year === null)) return null;
  return { start: at - (before?.[0].length ?? 0), end, readings: [parts] };
}

function toParts([day, month, year]: (string | undefined)[]): DateParts | null {
  const parts = {
    day: day === undefined ? null : Number(day),
    month: Number(month),
    year: year === undefined ? null : Number(year),
  };
  const isValid = parts.month >= 1 && parts.month <= 12 && (parts.day === null || (parts.day >= 1 && parts.day <= 31));
  return isValid ? parts : null;
}
