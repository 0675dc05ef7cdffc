import { toLetters, toRepeatedLetter, toRoman } from './list-numbers.ts';
import type { OdfLevel, OdfListStyle } from './odf-styles.ts';

/** Counters of one list, by level from 1. */
export type OdfCounters = (number | undefined)[];

function formatNumber(value: number, level: OdfLevel): string {
  const letters = level.letterSync ? toRepeatedLetter : toLetters;
  switch (level.format) {
    case 'a':
      return letters(value);
    case 'A':
      return letters(value).toUpperCase();
    case 'i':
      return toRoman(value);
    case 'I':
      return toRoman(value).toUpperCase();
    case '':
      return '';
    default:
      return String(value);
  }
}

/** Advances a level, or sets it to `start`, and restarts the levels below it. */
export function countLevel(counters: OdfCounters, style: OdfListStyle, depth: number, start?: number): void {
  const level = style.get(depth);
  counters[depth] = start ?? (counters[depth] ?? (level?.start ?? 1) - 1) + 1;
  for (let above = 1; above < depth; above++) counters[above] ??= style.get(above)?.start ?? 1;
  counters.length = depth + 1;
}

/** Returns the mark of the current item, followed by a space: "- " for bullets, "" for none. */
export function formatMark(counters: OdfCounters, style: OdfListStyle, depth: number): string {
  const level = style.get(depth);
  if (!level) return '- ';
  if (level.isBullet) return '- ';
  const numberAt = (at: number): string => {
    const source = style.get(at);
    return source && !source.isBullet ? formatNumber(counters[at] ?? source.start, source) : '';
  };
  let mark: string;
  if (level.pattern !== undefined)
    mark = level.pattern.replace(/%(\d{1,2})%/g, (_, at: string) => numberAt(Number(at)));
  else if (level.format === '') mark = '';
  else {
    const numbers: string[] = [];
    for (let at = Math.max(1, depth - level.shown + 1); at <= depth; at++) numbers.push(numberAt(at));
    mark = level.prefix + numbers.filter((number) => number !== '').join('.') + level.suffix;
  }
  return mark.trim() === '' ? '' : `${mark.trim()} `;
}
