import { expect, it } from 'vitest';
import { type Column, formatTable } from './table.ts';

interface Row {
  id: string;
  name: string;
  size: number | null;
}
const columns: Column<Row>[] = [
  { header: 'ID', value: ({ id }) => id, isDim: true },
  { header: 'NAME', value: ({ name }) => name },
  { header: 'SIZE', value: ({ size }) => size },
];
const rows: Row[] = [
  { id: 'doc_1', name: 'A handbook with a long title', size: 12 },
  { id: 'doc_2', name: 'Two\nlines', size: null },
];

it('is tab-separated in pipes', () => {
  expect(formatTable(rows, columns, { width: null, hasColors: false })).toEqual([
    'doc_1\tA handbook with a long title\t12',
    'doc_2\tTwo lines\t-',
  ]);
});

it('is aligned in a terminal', () => {
  expect(formatTable(rows.slice(1), columns, { width: 80, hasColors: false })).toEqual([
    'ID     NAME       SIZE',
    'doc_2  Two lines  -',
  ]);
});

it('wraps the widest column to fit the terminal', () => {
  const lines = formatTable(rows, columns, { width: 30, hasColors: false });
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(30);
  expect(lines).toEqual([
    'ID     NAME               SIZE',
    'doc_1  A handbook with a  12',
    '       long title',
    'doc_2  Two lines          -',
  ]);
});

it('has colors if enabled', () => {
  const [header = '', line = ''] = formatTable(rows.slice(1), columns, { width: 80, hasColors: true });
  expect(header).toContain('\x1b[1mID');
  expect(line).toContain('\x1b[2mdoc_2\x1b[0m');
});
