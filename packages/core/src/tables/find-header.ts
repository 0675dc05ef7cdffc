import { findDates } from '../text/dates.ts';
import { readNumber } from './read-number.ts';

/** Rows at the start of a table that may be its title, notes or header. */
const MAX_ROWS_ABOVE = 15;
const MAX_NAME_LENGTH = 100;
/** A header has names for at least this share of the columns. */
const MIN_NAMED = 0.6;
const SAMPLE = 50;

/** Index of the header among the rows of a table. Null if the first row is data. */
export function findHeader(rows: readonly (readonly string[])[]): number | null {
  const widths = rows
    .slice(0, SAMPLE)
    .map(({ length }) => length)
    .sort((a, b) => a - b);
  const width = widths[Math.floor(widths.length / 2)] ?? 0;
  for (const [i, row] of rows.slice(0, Math.min(MAX_ROWS_ABOVE, rows.length - 1)).entries()) {
    const filled = row.filter((cell) => cell !== '').length;
    if (row.length < width * MIN_NAMED || filled < width * MIN_NAMED) continue;
    return isHeader(row) ? i : null;
  }
  return null;
}

function isHeader(row: readonly string[]): boolean {
  const cells = row.filter((cell) => cell !== '');
  const names = cells.filter((cell) => !isYear(cell));
  if (names.length === 0 && row[0] !== '') return false;
  const isDistinct = new Set(cells.map((cell) => cell.toLowerCase())).size >= cells.length / 2;
  return isDistinct && names.every(isName);
}

function isName(cell: string): boolean {
  if (cell.length > MAX_NAME_LENGTH || readNumber(cell, '.') || readNumber(cell, ',')) return false;
  return !findDates(cell).some(({ start, end }) => end - start === cell.length);
}

export function isYear(cell: string): boolean {
  return /^(?:19|20)\d\d$/.test(cell);
}
