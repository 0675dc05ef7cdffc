export interface HtmlList {
  isOrdered: boolean;
  next: number;
  /** "1", "a", "A", "i" or "I". */
  type: string;
}

/** Returns the mark of the next item, and counts it. */
export function formatMarker(list: HtmlList | undefined, value: string | undefined): string {
  if (!list?.isOrdered) return '- ';
  const own = Number.parseInt(value ?? '', 10);
  if (!Number.isNaN(own)) list.next = own;
  return `${formatNumber(list.next++, list.type)}. `;
}

function formatNumber(number: number, type: string): string {
  if (number < 1 || number > 3999) return `${number}`;
  if (type === 'a') return formatLetters(number);
  if (type === 'A') return formatLetters(number).toUpperCase();
  if (type === 'i') return formatRoman(number);
  if (type === 'I') return formatRoman(number).toUpperCase();
  return `${number}`;
}

function formatLetters(number: number): string {
  let letters = '';
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(97 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

const ROMAN: [number, string][] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

function formatRoman(number: number): string {
  let rest = number;
  let text = '';
  for (const [value, letters] of ROMAN) {
    while (rest >= value) {
      text += letters;
      rest -= value;
    }
  }
  return text;
}
