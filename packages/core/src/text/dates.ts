import { LANGUAGES } from '@lorebox/contract/language';

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
const WORD = /\p{L}{3,14}/gu;
const DAY_BEFORE = /(?<!\d)(\d{1,2})(?:\.|st|nd|rd|th|er|º)?\s{1,2}(?:de\s|of\s)?$/iu;
const DAY_AFTER = /^\.?\s(\d{1,2})(?:st|nd|rd|th)?(?![\d:.]\d|\d)/iu;
const YEAR_AFTER = /^\.?,?\s{1,2}(?:de\s|of\s)?(\d{4})(?!\d)/iu;
const MAX_BEFORE = 12;

let months: Map<string, number> | null = null;

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
    const month = monthsByName().get(match[0].toLowerCase());
    const date = month === undefined ? null : readAround(text, match.index, match[0], month);
    if (date) dates.push(date);
  }
  return dates;
}

/** The word is the name of a month in a shipped language. */
export function isMonth(word: string): boolean {
  return monthsByName().has(word.toLowerCase());
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

/** Long and short names, also as they are next to a day: "märz", "5 марта". */
function monthsByName(): Map<string, number> {
  if (months) return months;
  months = new Map();
  for (const language of LANGUAGES) {
    for (const style of ['long', 'short'] as const) {
      const formats = [
        new Intl.DateTimeFormat(language, { month: style, timeZone: 'UTC' }),
        new Intl.DateTimeFormat(language, { day: 'numeric', month: style, timeZone: 'UTC' }),
      ];
      for (let month = 1; month <= 12; month += 1) {
        for (const format of formats) {
          const name = format.formatToParts(Date.UTC(2024, month - 1, 15)).find(({ type }) => type === 'month')?.value;
          const word = name?.toLowerCase().replace(/\.$/, '') ?? '';
          if (/^\p{L}{3,}$/u.test(word) && !months.has(word)) months.set(word, month);
        }
      }
    }
  }
  return months;
}
