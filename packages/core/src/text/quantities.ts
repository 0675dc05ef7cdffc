import { normalizeText } from '@lorebox/contract/normalize-text';
import { type DateParts, findDates } from './dates.ts';
import { isCertainNumberWord, numberWordValue } from './number-words.ts';
import { scaleOf, unitOf } from './units.ts';

/** A number of a text, with its sign. */
interface Quantity {
  /** More than one if the separators are unclear: "1.250" is 1250 or 1.25. */
  values: number[];
  unit: string | null;
  /** The word after a number word; empty if the word may mean something else. Null for digits. */
  noun: string | null;
}

/** Numbers and dates of a text. */
export interface Quantities {
  numbers: Quantity[];
  dates: DateParts[][];
  /** A percent sign without a number, as in the header of a table. */
  hasPercentHeader: boolean;
}

const TOKEN = /(?<![\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\d])\d+(?:[.,:'’]\d+)*|\p{L}+/gu;
const GROUP_AFTER = /^[ \u00a0\u202f](\d{3})(?![\d.,:]?\d)/;
const UNIT_AFTER = /^[ \u00a0\u202f-]?(%|°[CF]|[€$£¥]|\p{L}{1,14})/iu;
const CURRENCY_BEFORE = /(€|\$|£|¥|EUR|USD|CHF|GBP)\s?$/u;
const SIGN_BEFORE = /(?:^|[\s(:=|,])[-−–]$|(?:minus|moins|menos|meno|минус)\s$/iu;
const MERIDIEM = /^\s?([ap])\.?m\b/i;
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u;
const OTHER_DIGIT = /[٠-٩۰-۹०-९০-৯௦-௯๐-๙]/gu;
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xbe6, 0xe50];
const LOOKAROUND = 16;

/** Reads the numbers, units and dates of a text. */
export function readQuantities(raw: string): Quantities {
  const text = normalizeText(raw, 'NFC').replace(OTHER_DIGIT, toAsciiDigit);
  const dates = findDates(text);
  const numbers: Quantity[] = [];
  let skipTo = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [token] = match;
    const at = match.index;
    if (at < skipTo || dates.some(({ start, end }) => at >= start && at < end)) continue;
    if (/^\d/.test(token)) {
      const { quantity, end } = readNumber(text, at, token);
      numbers.push(quantity);
      // "60 120" may be two cells of a table.
      const groups = text.slice(at, end).match(/\d{1,3}(?![\d.,])/g) ?? [];
      if (groups.length > 1) numbers.push(...groups.map((group) => toPart(Number(group))));
      skipTo = end;
    } else {
      const word = readNumberWord(text, at, token);
      if (word) numbers.push(word);
    }
  }
  const hasPercentHeader = /(?:^|[^\d\s.,])\s{0,2}%/.test(text);
  return { numbers, dates: dates.map(({ readings }) => readings), hasPercentHeader };
}

/** A number that a claim need not have. */
function toPart(value: number): Quantity {
  return { values: [value], unit: null, noun: '' };
}

function toAsciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  const zero = ZEROS.findLast((each) => each <= code) ?? code;
  return String(code - zero);
}

function readNumber(text: string, at: number, token: string): { quantity: Quantity; end: number } {
  let end = at + token.length;
  let digits = token;
  if (/^\d{1,3}$/.test(token)) {
    for (let group = GROUP_AFTER.exec(text.slice(end, end + 6)); group; ) {
      digits += group[1];
      end += group[0].length;
      group = GROUP_AFTER.exec(text.slice(end, end + 6));
    }
  }
  const before = text.slice(Math.max(0, at - LOOKAROUND), at);
  const sign = SIGN_BEFORE.test(before) ? -1 : 1;
  let values = valuesOf(digits);
  let unit = CURRENCY_BEFORE.exec(before)?.[1]?.toLowerCase() ?? null;
  if (unit !== null) unit = unitOf(unit);
  const meridiem = MERIDIEM.exec(text.slice(end, end + LOOKAROUND));
  if (meridiem && digits.length <= 5) values = values.map((value) => toHour24(value, meridiem[1] ?? ''));
  let next = UNIT_AFTER.exec(text.slice(end, end + LOOKAROUND));
  const scale = next?.[1] ? scaleOf(shorten(next[1], scaleOf)) : null;
  if (next?.[1] && scale !== null) {
    values = values.map((value) => value * scale);
    end += next[0].length - next[1].length + shorten(next[1], scaleOf).length;
    next = UNIT_AFTER.exec(text.slice(end, end + LOOKAROUND));
  }
  if (next?.[1]) unit ??= unitOf(shorten(next[1], unitOf));
  return { quantity: { values: values.map((value) => value * sign), unit, noun: null }, end };
}

/** In scripts without spaces, the unit is the beginning of what follows. */
function shorten(word: string, find: (word: string) => unknown): string {
  const lower = word.toLowerCase();
  if (!UNSPACED.test(lower)) return lower;
  return [2, 1].map((length) => lower.slice(0, length)).find((part) => find(part) !== null) ?? lower;
}

function readNumberWord(text: string, at: number, token: string): Quantity | null {
  const value = numberWordValue(token.toLowerCase());
  if (value === undefined) return null;
  const next = /^\s?(\p{L}{1,24})/u.exec(text.slice(at + token.length, at + token.length + 26))?.[1] ?? '';
  const noun = isCertainNumberWord(token.toLowerCase()) ? next.toLowerCase() : '';
  return { values: [value], unit: unitOf(next.toLowerCase()), noun };
}

function toHour24(value: number, half: string): number {
  const hour = Math.floor(value) % 12;
  return hour + (value - Math.floor(value)) + (half.toLowerCase() === 'p' ? 12 : 0);
}

/** All readings of digits with separators. A time is a number of hours, and other codes such as 1.2.3 one number. */
function valuesOf(token: string): number[] {
  const time = /^(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(token);
  if (time) return [Number(time[1]) + Number(time[2]) / 60];
  const plain = token.replace(/['’]/g, '');
  const separators = plain.replace(/\d+/g, '');
  if (separators === '') return [Number(plain)];
  const last = separators.at(-1) ?? '';
  const groups = plain.split(/[.,:]/);
  const isGrouped = groups.slice(1).every((group) => group.length === 3) && (groups[0] ?? '').length <= 3;
  if (separators.length === 1) {
    const decimal = Number(plain.replace(last, '.'));
    return isGrouped && groups[0] !== '0' ? [Number(groups.join('')), decimal] : [decimal];
  }
  if (new Set(separators).size === 1) return isGrouped ? [Number(groups.join(''))] : groups.map(Number);
  return [Number(`${groups.slice(0, -1).join('')}.${groups.at(-1)}`)];
}

/**
 * The claim has a number or date that the passage doesn't have. A count in words, such as "two exceptions", must match
 * only if it has a unit or `hasWord` finds what it counts in the passage.
 */
export function lacksQuantity(claim: Quantities, passage: Quantities, hasWord: (word: string) => boolean): boolean {
  return (
    claim.dates.some((readings) => !readings.some((date) => hasDate(date, passage))) ||
    claim.numbers.some((quantity) => {
      const isRequired = quantity.noun === null || quantity.unit !== null || hasWord(quantity.noun);
      return isRequired && quantity.noun !== '' && !hasNumber(quantity, passage);
    })
  );
}

function hasNumber({ values, unit }: Quantity, passage: Quantities): boolean {
  const isPart = ({ day, year }: DateParts) => unit === null && values.some((value) => value === day || value === year);
  return (
    passage.dates.some((readings) => readings.some(isPart)) ||
    passage.numbers.some(
      (other) =>
        other.values.some((value) => values.some((each) => isSame(value, each))) &&
        areUnitsCompatible(unit, other.unit, passage.hasPercentHeader),
    )
  );
}

/** The number hardly occurs in two texts by chance. */
export function isDistinctive({ values, unit, noun }: Quantity): boolean {
  return noun !== '' && (unit !== null || values.some((value) => Math.abs(value) >= 100 || !Number.isInteger(value)));
}

const isSame = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a));

function areUnitsCompatible(a: string | null, b: string | null, hasPercentHeader: boolean): boolean {
  if (a === b) return true;
  if (a === '%' || b === '%') return hasPercentHeader && (a === null || b === null);
  return a === null || b === null;
}

function hasDate(date: DateParts, passage: Quantities): boolean {
  const isNumber = (value: number | null) =>
    value === null || passage.numbers.some(({ values }) => values.includes(value));
  return passage.dates.some((readings) =>
    readings.some(
      (other) =>
        other.month === date.month &&
        (other.day === date.day || (other.day === null ? isNumber(date.day) : date.day === null)) &&
        (other.year === date.year || (other.year === null ? isNumber(date.year) : date.year === null)),
    ),
  );
}
