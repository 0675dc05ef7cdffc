import { toLetters, toRoman } from './list-numbers.ts';

export interface HtmlList {
  isOrdered: boolean;
  next: number;
  /** 1, or -1 for a reversed list. Undefined if its numbers are not known. */
  step: number | undefined;
  /** "1", "a", "A", "i" or "I". */
  type: string;
}

export function openList(name: string, { start, reversed, type = '1' }: Record<string, string>): HtmlList {
  const first = Number.parseInt(start ?? '1', 10);
  const isCounted = reversed === undefined || start !== undefined;
  const step = reversed === undefined ? 1 : -1;
  return { isOrdered: name === 'ol', next: Number.isNaN(first) ? 1 : first, step: isCounted ? step : undefined, type };
}

/** Returns the mark of the next item, and counts it. */
export function formatMarker(list: HtmlList | undefined, value: string | undefined): string {
  if (!list?.isOrdered) return '- ';
  const own = Number.parseInt(value ?? '', 10);
  if (!Number.isNaN(own)) {
    list.next = own;
    list.step ??= -1;
  }
  // The first number of a reversed list is known at its end only.
  if (list.step === undefined) return '- ';
  const number = list.next;
  list.next += list.step;
  return `${formatNumber(number, list.type)}. `;
}

function formatNumber(number: number, type: string): string {
  if (number < 1 || number > 3999) return `${number}`;
  if (type === 'a') return toLetters(number);
  if (type === 'A') return toLetters(number).toUpperCase();
  if (type === 'i') return toRoman(number);
  if (type === 'I') return toRoman(number).toUpperCase();
  return `${number}`;
}
