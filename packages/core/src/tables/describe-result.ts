import type { TableResult, TableValue } from '@lorebox/ports/table-engine';
import { neutralizeTitle } from '../chat/neutralize-markers.ts';
import type { TableFunction } from './query-words.ts';
import type { Column } from './table.ts';

/** A result in words. */
export interface Statement {
  text: string;
  /** Numbers and values that an answer has to contain. */
  values: TableValue[];
}

/** Text of a document in a sentence of Lorebox is short, so that it can't pass for one. */
const MAX_TEXT_LENGTH = 80;
const MAX_SHOWN = 20;
const NAMES = { sum: 'sum', average: 'average', min: 'lowest', max: 'highest', count: 'number' } as const;

export function describeAggregate(
  functions: readonly TableFunction[],
  column: Column | null,
  scope: string,
  { rows: [row = []] }: TableResult,
): Statement | null {
  const results = functions.map((name, i) => ({ name, value: row[i] ?? null }));
  if (results.some(({ value }) => value === null)) return null;
  const isDistinct = column !== null && functions.length === 1 && functions[0] === 'count';
  const parts = results.map(({ name, value }) => {
    if (name !== 'count') return `the ${NAMES[name]} of ${show(column?.name)} is ${format(value, column, name)}`;
    return isDistinct
      ? `there are ${value} different values of ${show(column?.name)}`
      : `there ${value === 1 ? 'is 1 row' : `are ${value} rows`}`;
  });
  const count = column && !functions.includes('count') ? ` (over ${rowsOf(row[functions.length])})` : '';
  return {
    text: sentence(`${parts.join(', and ')}${show(scope, 200)}${count}`),
    values: results.map(({ value }) => value),
  };
}

export function describeGroups(
  functions: readonly TableFunction[],
  column: Column | null,
  group: Column,
  scope: string,
  { rows, rowCount }: TableResult,
  extreme: 'max' | 'min' | null = null,
): Statement | null {
  const [first] = rows;
  if (!first) return null;
  const what = functions
    .map((name) => (name === 'count' || !column ? 'number of rows' : `${NAMES[name]} of ${show(column.name)}`))
    .join(' and ');
  const toText = ([name, ...values]: readonly TableValue[]) =>
    `${show(String(name ?? '(empty)'))}: ${values.map((value, i) => format(value, column, functions[i])).join(' and ')}`;
  if (extreme !== null) {
    const best = rows.filter((row) => row[1] === first[1]);
    const names = best.slice(0, MAX_SHOWN).map(toText).join('; ');
    const text = `the ${NAMES[extreme]} ${what} by ${show(group.name)}${show(scope, 200)} is ${names}`;
    return { text: sentence(text), values: first };
  }
  const shown = rows.slice(0, MAX_SHOWN);
  const more = rowCount > shown.length ? `; and ${rowCount - shown.length} more` : '';
  const text = `the ${what} by ${show(group.name)}${show(scope, 200)} is ${shown.map(toText).join('; ')}${more}`;
  return { text: sentence(text), values: shown.flat() };
}

export function describeExtreme(
  extreme: 'max' | 'min',
  column: Column,
  label: Column | null,
  scope: string,
  { rows, rowCount }: TableResult,
): Statement | null {
  const [first] = rows;
  if (!first) return null;
  const value = first.at(-1) ?? null;
  const names = label ? rows.slice(0, MAX_SHOWN).map(([name]) => show(String(name ?? '(empty)'))) : [];
  const more = rowCount > MAX_SHOWN ? ` and ${rowCount - MAX_SHOWN} more` : '';
  const place = label ? ` (${show(label.name)}: ${names.join(', ')}${more})` : '';
  return {
    text: sentence(
      `the ${NAMES[extreme]} ${show(column.name)} in one row${show(scope, 200)} is ${format(value, column, extreme)}${place}`,
    ),
    values: [value, ...(names.length === 1 ? [first[0] ?? null] : [])],
  };
}

export function describeList(column: Column, scope: string, { rows, rowCount }: TableResult): Statement | null {
  if (rowCount === 0) return null;
  const names = rows.map(([name]) => show(String(name)));
  const noun = rowCount === 1 ? 'is 1 value' : `are ${rowCount} different values`;
  return {
    text: sentence(`there ${noun} of ${show(column.name)}${show(scope, 200)}: ${names.join(', ')}`),
    values: rows.map(([name]) => name ?? null),
  };
}

/** The table that a statement is about, if there are several. */
export function nameTable(title: string, table: string): string {
  return table === '' || table === title ? show(title) : `${show(title)}, ${show(table)}`;
}

function rowsOf(count: TableValue | undefined): string {
  return count === 1 ? '1 row' : `${count ?? 0} rows`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function format(value: TableValue, column: Column | null, name: TableFunction | undefined): string {
  if (typeof value !== 'number') return show(String(value ?? 'unknown'));
  if (name === 'count' || !column) return String(value);
  const decimals = name === 'average' ? column.decimals + 2 : column.decimals;
  const number = value.toFixed(decimals);
  const short =
    name === 'average' && number.includes('.') ? number.replace(/(?<!0)0+$/, '').replace(/\.$/, '') : number;
  if (!column.unit) return short;
  return column.unit === '%' ? `${short} %` : `${short} ${show(column.unit)}`;
}

/** Text of the document, shortened. */
function show(text: string | undefined, maxLength = MAX_TEXT_LENGTH): string {
  const start = text?.startsWith(' ') ? ' ' : '';
  const line = neutralizeTitle(text ?? '');
  return line === '' ? '' : `${start}${line.length <= maxLength ? line : `${line.slice(0, maxLength)} …`}`;
}
