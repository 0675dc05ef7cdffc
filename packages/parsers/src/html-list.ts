import { toLetters, toRoman } from './list-numbers.ts';

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
  if (type === 'a') return toLetters(number);
  if (type === 'A') return toLetters(number).toUpperCase();
  if (type === 'i') return toRoman(number);
  if (type === 'I') return toRoman(number).toUpperCase();
  return `${number}`;
}
