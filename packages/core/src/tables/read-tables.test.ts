import type { ParsedBlock } from '@lorebox/ports/parser';
import { describe, expect, it } from 'vitest';
import { readNumber } from './read-number.ts';
import { readTables } from './read-tables.ts';

/** Stored text and blocks of rows, joined as the parsers do. */
function store(rows: readonly string[], section?: string): { text: string; blocks: ParsedBlock[] } {
  let at = 0;
  const blocks = rows.map((row): ParsedBlock => {
    const block = { kind: 'table-row' as const, start: at, end: at + row.length, ...(section ? { section } : {}) };
    at += row.length + 1;
    return block;
  });
  return { text: rows.join('\n'), blocks };
}

async function readOne(...rows: string[]) {
  const { text, blocks } = store(rows, 'Sheet');
  const [table] = await readTables(text, blocks);
  if (!table) throw new Error('There is no table.');
  return { ...table, text };
}

describe('numbers', () => {
  it.each([
    ['1,250.50', '.', 1250.5],
    ['1.250,50', ',', 1250.5],
    ['1 250,50', ',', 1250.5],
    ["1'250.50", '.', 1250.5],
    ['12,50,000', '.', 1_250_000],
    ['(120)', '.', -120],
    ['-3', '.', -3],
    ['−3', '.', -3],
    ['3-', '.', -3],
    ['12 %', '.', 12],
    ['$1,000', '.', 1000],
    ['-$5.25', '.', -5.25],
    ['($5.25)', '.', -5.25],
    ['12,00 €', ',', 12],
    ['EUR 12.00', '.', 12],
    ['12 kg', '.', 12],
    ['0', '.', 0],
    ['.5', '.', 0.5],
  ] as const)('%s', (text, mark, value) => {
    expect(readNumber(text, mark)?.value).toBe(value);
  });

  it.each([
    '',
    'A12',
    '00123',
    '1.2.3',
    '12345678901234567890',
    '12 Main Street',
    '2024-01-02',
    '1,2,3',
    '=1+1',
    '1e9x9',
  ])('is no number: %s', (text) => expect(readNumber(text, '.')).toBeNull());
});

describe('tables', () => {
  it('finds the header below a title, and leaves totals out', async () => {
    const { columns, rows, header, text } = await readOne(
      'Sales report 2024',
      'Country | Amount | Date',
      'Norway | 1,250.50 | 2024-03-01',
      'Sweden | 300 | 2024-04-01',
      'Total | 1,550.50',
    );
    expect(columns.map(({ name, type }) => [name, type])).toEqual([
      ['Country', 'text'],
      ['Amount', 'number'],
      ['Date', 'date'],
    ]);
    expect(rows.map(({ values }) => values)).toEqual([
      ['Norway', 1250.5, '2024-03-01'],
      ['Sweden', 300, '2024-04-01'],
    ]);
    expect(text.slice(header?.start, header?.end)).toBe('Country | Amount | Date');
    expect(text.slice(rows[0]?.start, rows[0]?.end)).toBe('Norway | 1,250.50 | 2024-03-01');
  });

  it('reads a row of years as a header', async () => {
    const { columns } = await readOne('Region | 2022 | 2023', 'North | 10 | 20', 'South | 1 | 2');
    expect(columns.map(({ name }) => name)).toEqual(['Region', '2022', '2023']);
  });

  it('names the columns of a table without a header', async () => {
    const { columns, rows } = await readOne('Norway | 10', 'Sweden | 20');
    expect(columns.map(({ name }) => name)).toEqual(['Column 1', 'Column 2']);
    expect(rows).toHaveLength(2);
  });

  it('keeps empty cells, duplicate headers and one column apart', async () => {
    const { columns, rows } = await readOne('Name | Name | | _row', 'a | | 3 | x', '| b | 4');
    expect(columns.map(({ name }) => name)).toEqual(['Name', 'Name (2)', 'Column 3', '_row (2)']);
    expect(rows.map(({ values }) => values)).toEqual([
      ['a', null, 3, 'x'],
      [null, 'b', 4, null],
    ]);
    expect((await readOne('Amount', '1', '2')).columns).toMatchObject([{ name: 'Amount', type: 'number' }]);
  });

  it('reads decimal commas when some cell shows them, also in the columns next to it', async () => {
    const { rows } = await readOne('Preis | Menge', '1.250 | 2.000', '12,50 | 3.000');
    expect(rows.map(({ values }) => values)).toEqual([
      [1250, 2000],
      [12.5, 3000],
    ]);
  });

  it('has no unit for mixed currencies, and knows only the year of dates that may be either', async () => {
    const { columns, rows } = await readOne('Price | Day', '$5 | 01/02/2024', '€5 | 03/04/2024');
    expect(columns).toMatchObject([{ isMixed: true }, { type: 'date', isYearOnly: true }]);
    expect(rows[0]?.values[1]).toBe('2024');
    const clear = await readOne('Price | Day', '$5 | 01/02/2024', '$6 | 25/04/2024');
    expect(clear.rows[0]?.values[1]).toBe('2024-02-01');
  });

  it('separates sheets, and skips repeated headers', async () => {
    const first = store(['A | B', 'x | 1', 'A | B', 'y | 2'], 'One');
    const offset = first.text.length + 1;
    const second = store(['C | D', 'z | 3'], 'Two');
    const moved = second.blocks.map((block) => ({ ...block, start: block.start + offset, end: block.end + offset }));
    const tables = await readTables(`${first.text}\n${second.text}`, [...first.blocks, ...moved]);
    expect(tables.map(({ name, rows }) => [name, rows.length])).toEqual([
      ['One', 2],
      ['Two', 1],
    ]);
  });
});
