/** A number with at most the 15 digits that spreadsheets store, without an exponent where it stays readable. */
export function toPlainNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  const stored = Number(value.toPrecision(15));
  const text = String(stored);
  if (!text.includes('e')) return text;
  const exponent = Math.log10(Math.abs(stored));
  if (exponent >= 21 || exponent < -20) return text.replace('e', 'E');
  return stored
    .toFixed(Math.min(100, Math.max(0, 15 - Math.ceil(exponent))))
    .replace(/(?<!0)0+$/, '')
    .replace(/\.$/, '');
}

interface ShownNumber {
  /** Position of the digits in the text. */
  start: number;
  end: number;
  value: number;
  isGrouped: boolean;
  isPercent: boolean;
}

/** Reads a text with exactly one number in it, as spreadsheets show it: "$1,234.50", "(12)", "15.5%", "4.0E+12". */
function readShown(text: string): ShownNumber | undefined {
  const match = /\d[\d,]*(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+/.exec(text);
  if (!match) return undefined;
  const start = match.index;
  const end = start + match[0].length;
  const before = text.slice(0, start);
  const after = text.slice(end);
  if (/\d/.test(after)) return undefined;
  const isNegative = /[-−]/.test(before) || /[-−]/.test(after) || (before.includes('(') && after.includes(')'));
  const isPercent = /%/.test(before) || /%/.test(after);
  const size = Number(match[0].replaceAll(',', ''));
  if (Number.isNaN(size)) return undefined;
  const value = (isNegative ? -size : size) / (isPercent ? 100 : 1);
  return { start, end, value, isGrouped: match[0].includes(','), isPercent };
}

function isSame(left: number, right: number): boolean {
  return Number(left.toPrecision(14)) === Number(right.toPrecision(14));
}

function group(digits: string): string {
  const [whole = '', fraction] = digits.split('.');
  let grouped = '';
  for (let at = whole.length; at > 0; at -= 3) {
    const part = whole.slice(Math.max(0, at - 3), at);
    grouped = grouped === '' ? part : `${part},${grouped}`;
  }
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** True for codes with separators ("(555) 123-4567", "00042"): all digits of the whole number are there, in order. */
function hasAllDigits(shown: string, value: number): boolean {
  if (!Number.isInteger(value) || /[.%eE]/.test(shown)) return false;
  const digits = shown.replace(/\D/g, '').replace(/^0+/, '');
  return digits === String(Math.abs(value)) && value >= 0;
}

/** "1.234,50" in a document with decimal commas is "1,234.50". */
function swapMarks(text: string): string {
  return text.replace(/[.,\u00a0\u202f]/g, (mark) => (mark === ',' ? '.' : ','));
}

/**
 * Returns the text of a number cell. It leads back to the stored value; the number format decides only how the value
 * is written: currency, percent, grouping, leading zeros. Digits that the format hides are added.
 */
export function showNumber(value: number, shown: string | undefined): string {
  const plain = toPlainNumber(value);
  const text = shown?.trim() ?? '';
  if (text === '' || /^#+$/.test(text)) return plain;
  const number = readShown(text);
  // Digits can be searched, "1.5E+03" can't.
  if (number && !/\d[eE]/.test(text) && isSame(number.value, value)) return text;
  if (text.includes(',') && isSame(readShown(swapMarks(text))?.value ?? Number.NaN, value)) return text;
  if (hasAllDigits(text, value)) return text;
  if (number) {
    const digits = toPlainNumber(Math.abs(value) * (number.isPercent ? 100 : 1));
    const candidate =
      text.slice(0, number.start) + (number.isGrouped ? group(digits) : digits) + text.slice(number.end);
    const again = readShown(candidate);
    if (again && isSame(again.value, value)) return candidate;
  }
  return /\d/.test(text) || /\p{L}/u.test(text) ? `${text} (${plain})` : plain;
}
