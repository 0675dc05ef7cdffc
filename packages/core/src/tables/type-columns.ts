import { type DateParts, findDates } from '../text/dates.ts';
import type { Pacer } from './pacer.ts';
import { type DecimalMark, findDecimalMark, type NumberCell, readNumber } from './read-number.ts';
import type { Column, TableValue } from './table.ts';

/** A column has a type if at least this share of its cells has it. */
const MIN_SHARE = 0.8;
const MAX_DECIMALS = 6;
const CURRENCY = /\p{Sc}|^[A-Z]{3}$/u;
const DATE_LENGTH = 40;
const ISO_DATE = /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const SHORT_DATE = /^(\d{1,2}([./])\d{1,2}\2)(\d{2})$/;

export interface TypedColumn extends Omit<Column, 'name'> {
  /** One per cell. Null for empty cells, and for cells of another type. */
  values: TableValue[];
}

/** Finds the types of columns and reads their values. `columns` contains the cells of each. */
export async function typeColumns(columns: readonly (readonly string[])[], pacer: Pacer): Promise<TypedColumn[]> {
  const marks: (DecimalMark | null)[] = [];
  for (const cells of columns) {
    marks.push(findDecimalMark(cells));
    await pacer.add(cells.length);
  }
  // A column of whole thousands reads like the columns next to it.
  const common: DecimalMark = !marks.includes('.') && marks.includes(',') ? ',' : '.';
  const typed: TypedColumn[] = [];
  for (const [i, cells] of columns.entries()) {
    typed.push(typeColumn(cells, marks[i] ?? common));
    await pacer.add(cells.length);
  }
  return typed;
}

function typeColumn(cells: readonly string[], mark: DecimalMark): TypedColumn {
  const filled = cells.filter((cell) => cell !== '').length;
  const plain = { decimals: 0, unit: null, isMixed: false, isYearOnly: false };
  if (filled === 0) return { type: 'text', ...plain, values: cells.map(() => null) };
  const numbers = readMost(cells, filled, (cell) => readNumber(cell, mark));
  if (numbers)
    return toNumbers(
      numbers,
      numbers.filter((number) => number !== null),
    );
  const dates = readMost(cells, filled, readDates);
  if (dates) return { ...plain, ...toDates(cells, dates) };
  return { type: 'text', ...plain, values: cells.map((cell) => (cell === '' ? null : cell)) };
}

/** Reads the cells. Null as soon as too many of them have another type. */
function readMost<T>(cells: readonly string[], filled: number, read: (cell: string) => T | null): (T | null)[] | null {
  let left = filled - Math.ceil(filled * MIN_SHARE);
  const values: (T | null)[] = [];
  for (const cell of cells) {
    const value = cell === '' ? null : read(cell);
    if (value === null && cell !== '') left -= 1;
    if (left < 0) return null;
    values.push(value);
  }
  return values;
}

function toNumbers(numbers: readonly (NumberCell | null)[], found: readonly NumberCell[]): TypedColumn {
  const units = new Set(found.map(({ unit }) => unit));
  // Some sheets write the currency only in the first row.
  if ([...units].some((unit) => unit !== null && CURRENCY.test(unit))) units.delete(null);
  const [unit = null] = units;
  const decimals = found.reduce((max, number) => Math.max(max, number.decimals), 0);
  return {
    type: 'number',
    decimals: Math.min(decimals, MAX_DECIMALS),
    unit: units.size === 1 ? unit : null,
    isMixed: units.size > 1,
    isYearOnly: false,
    values: numbers.map((number) => number?.value ?? null),
  };
}

/** Readings of a cell that is a date with a year, perhaps with a time. Null for others. */
function readDates(cell: string): DateParts[] | null {
  const iso = ISO_DATE.exec(cell);
  if (iso) return [{ year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) }];
  if (cell.length > DATE_LENGTH || !/\d/.test(cell)) return null;
  const short = SHORT_DATE.exec(cell);
  const text = short ? `${short[1]}20${short[3]}` : cell;
  const [date, ...more] = findDates(text);
  if (!date || more.length > 0 || date.start > 4) return null;
  const rest = text.slice(date.end).trim();
  if (rest !== '' && !/^T?\d{1,2}:\d\d(?::\d\d)?(?:\.\d{1,6})?\s?(?:Z|[AaPp][Mm])?$/.test(rest)) return null;
  return date.readings.every(({ year }) => year !== null) ? date.readings : null;
}

/** As `2024-03-09`, `2024-03` for a month, or `2024` if the order of day and month is unclear. */
function toDates(
  cells: readonly string[],
  dates: readonly (DateParts[] | null)[],
): Pick<TypedColumn, 'type' | 'isYearOnly' | 'values'> {
  const isOpen = dates.some((readings) => readings !== null && readings.length > 1);
  const order = isOpen ? findDateOrder(cells) : 0;
  const values = dates.map((readings) => {
    const parts = readings && (readings.length > 1 ? readings[order ?? 0] : readings[0]);
    if (!parts) return null;
    const year = String(parts.year).padStart(4, '0');
    if (order === null) return year;
    const month = String(parts.month).padStart(2, '0');
    return parts.day === null ? `${year}-${month}` : `${year}-${month}-${String(parts.day).padStart(2, '0')}`;
  });
  return { type: 'date', isYearOnly: order === null, values };
}

/** Slashed dates are read day first (0) or month first (1). Null if no date decides it, or if they disagree. */
function findDateOrder(cells: readonly string[]): 0 | 1 | null {
  let dayFirst = 0;
  let monthFirst = 0;
  for (const cell of cells) {
    const [, first, second] = /^(\d{1,2})\/(\d{1,2})\//.exec(cell) ?? [];
    if (Number(first) > 12) dayFirst += 1;
    if (Number(second) > 12) monthFirst += 1;
  }
  if (dayFirst > 0 === monthFirst > 0) return null;
  return dayFirst > 0 ? 0 : 1;
}
