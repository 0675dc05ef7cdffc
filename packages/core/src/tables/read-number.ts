export type DecimalMark = '.' | ',';

export interface NumberCell {
  value: number;
  decimals: number;
  /** Currency, `%` or unit. Null if there is none. */
  unit: string | null;
}

interface NumberParts {
  isNegative: boolean;
  /** Digits with `.` and `,` between them. */
  digits: string;
  unit: string | null;
}

const MAX_LENGTH = 40;
/** A double has 15 exact digits. Longer numbers are identifiers or would be rounded. */
const MAX_DIGITS = 15;
const GROUPING = /(?<=\d)[ \u00a0\u202f'’](?=\d{3}(?!\d))/g;
const BEFORE = /^(?:\p{Sc}|[A-Z]{1,3}\p{Sc}|[A-Z]{3}(?![A-Z]))/u;
const AFTER = /(?:%|‰|\p{Sc}|\p{L}[\p{L}²³]{0,4})$/u;
/** Most numbers are. They are read without the patterns for signs and units. */
const PLAIN = /^\d+(?:\.\d+)?$/;
const DIGITS = /^\d[\d.,]*$|^[.,]\d+$/;

/** Splits a cell such as `-1,250.50 €`, `(120)` or `12 %`. Null if it isn't a number. */
function splitNumber(text: string): NumberParts | null {
  if (text.length > MAX_LENGTH || !/\d/.test(text)) return null;
  if (PLAIN.test(text)) return { isNegative: false, digits: text, unit: null };
  let rest = text.trim();
  let isNegative = false;
  if (rest.startsWith('(') && rest.endsWith(')')) {
    isNegative = true;
    rest = rest.slice(1, -1).trim();
  }
  const takeSign = () => {
    if (!/^[-−–+]/.test(rest)) return;
    if (!rest.startsWith('+')) isNegative = !isNegative;
    rest = rest.slice(1).trim();
  };
  takeSign();
  const before = BEFORE.exec(rest)?.[0] ?? null;
  if (before !== null) rest = rest.slice(before.length).trim();
  takeSign();
  const after = AFTER.exec(rest)?.[0] ?? null;
  if (after !== null) rest = rest.slice(0, -after.length).trim();
  if (/[-−]$/.test(rest)) {
    isNegative = !isNegative;
    rest = rest.slice(0, -1).trim();
  }
  const digits = rest.replace(GROUPING, '');
  return DIGITS.test(digits) ? { isNegative, digits, unit: before ?? after } : null;
}

/** The decimal mark that a number must have. Null if it may be either. */
function markOf(digits: string): DecimalMark | null {
  const dots = digits.split('.').length - 1;
  const commas = digits.split(',').length - 1;
  if (dots > 0 && commas > 0) return digits.lastIndexOf('.') > digits.lastIndexOf(',') ? '.' : ',';
  if (dots > 1) return ',';
  if (commas > 1) return '.';
  if (dots + commas === 0) return null;
  const mark = dots === 1 ? '.' : ',';
  const [whole = '', fraction = ''] = digits.split(mark);
  const mayGroup = fraction.length === 3 && /^[1-9]\d{0,2}$/.test(whole);
  return mayGroup ? null : mark;
}

/** The decimal mark of most cells. Null if none of them decides it. */
export function findDecimalMark(cells: readonly string[]): DecimalMark | null {
  let dots = 0;
  let commas = 0;
  for (const cell of cells) {
    if (!/[.,]/.test(cell)) continue;
    const parts = splitNumber(cell);
    const mark = parts && markOf(parts.digits);
    if (mark === '.') dots += 1;
    if (mark === ',') commas += 1;
  }
  if (dots === commas) return null;
  return dots > commas ? '.' : ',';
}

/** Reads a number with this decimal mark. Null if the cell isn't one. */
export function readNumber(text: string, mark: DecimalMark): NumberCell | null {
  const parts = splitNumber(text);
  if (!parts) return null;
  const group = mark === '.' ? ',' : '.';
  const [whole = '', fraction = '', ...more] = parts.digits.split(mark);
  if (more.length > 0 || fraction.includes(group)) return null;
  const groups = whole.split(group);
  if (groups.length > 1 && !isGrouped(groups)) return null;
  const digits = groups.join('');
  // Leading zeros belong to identifiers.
  if (/^0\d/.test(digits) || digits.length + fraction.length > MAX_DIGITS) return null;
  const value = Number(`${digits || '0'}.${fraction || '0'}`);
  return { value: parts.isNegative && value !== 0 ? -value : value, decimals: fraction.length, unit: parts.unit };
}

/** `1,250,000`, or the Indian `12,50,000`. */
function isGrouped([first = '', ...rest]: readonly string[]): boolean {
  const last = rest.at(-1) ?? '';
  return /^\d{1,3}$/.test(first) && last.length === 3 && rest.every(({ length }) => length === 3 || length === 2);
}

/** All numbers of a text, each as it reads with either decimal mark. */
export function numbersIn(text: string): number[] {
  return [...text.matchAll(/[-−(]?\p{Sc}?\d[\d.,'’\u00a0\u202f]*/gu)].flatMap(([match]) => {
    const number = match.replace(/(?<![.,'’])[.,'’]+$/, '').replace('(', '');
    return (['.', ','] as const).flatMap((mark) => {
      const cell = readNumber(number, mark);
      return cell ? [cell.value] : [];
    });
  });
}
