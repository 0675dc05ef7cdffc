import type { ParsedBlock } from '@lorebox/ports/parser';
import { createRandom } from '@lorebox/testkit/random';
import { describe, expect, it } from 'vitest';
import { chunkText } from './chunk-text.ts';

const countTokens = (text: string) => (text.match(/\w{1,6}|[^\s\w]/g) ?? []).length;
const options = { maxTokens: 120, countTokens };

/** Returns "section: text" of each chunk of a table. */
function chunkRows(rows: readonly string[][], section = 'Sheet') {
  const lines = rows.map((cells) => cells.join(' | '));
  let at = 0;
  const blocks = lines.map((line): ParsedBlock => {
    const block = { kind: 'table-row', start: at, end: at + line.length, page: 1, section } as const;
    at += line.length + 1;
    return block;
  });
  const text = lines.join('\n');
  return chunkText(text, blocks, options).map((chunk) => ({
    section: chunk.section ?? '',
    text: text.slice(chunk.start, chunk.end),
  }));
}

describe('chunks of tables', () => {
  it('name the columns of the header, not of the title above it', () => {
    const rows = Array.from({ length: 60 }, (_, i) => [`B${i}`, `Surname${i}`, `Office ${i}`]);
    const chunks = chunkRows([['Staff list of the Harbour Authority'], ['Badge', 'Surname', 'Office'], ...rows]);
    expect(chunks[0]?.section).toBe('Sheet');
    for (const { section } of chunks.slice(1)) {
      expect(section).toBe('Sheet > Staff list of the Harbour Authority > Badge | Surname | Office');
    }
  });

  it('name both levels of a header', () => {
    const rows = Array.from({ length: 60 }, (_, i) => [`Site ${i}`, `${i}`, `${i + 1}`, `${i + 2}`, `${i + 3}`]);
    const head = [
      ['Site', 'Summer', 'Summer', 'Winter', 'Winter'],
      ['', 'Min', 'Max', 'Min', 'Max'],
    ];
    expect(chunkRows([...head, ...rows]).at(-1)?.section).toBe(
      'Sheet > Site | Summer Min | Summer Max | Winter Min | Winter Max',
    );
  });

  it('take years as names of columns', () => {
    const rows = Array.from({ length: 60 }, (_, i) => [`Position ${i}`, `${i * 1000}`, `${i * 900}`]);
    const head = [
      ['', 'Year ended', 'Year ended'],
      ['', '2023', '2022'],
    ];
    expect(chunkRows([...head, ...rows]).at(-1)?.section).toBe('Sheet >  | Year ended 2023 | Year ended 2022');
  });

  it('give no names if the first row is data', () => {
    const rows = Array.from({ length: 60 }, (_, i) => [`Site ${i}`, `${i}`, `${i + 1}`]);
    expect(new Set(chunkRows(rows).map(({ section }) => section))).toEqual(new Set(['Sheet']));
  });

  it.each([1, 2, 3, 4, 5])('name the column of every value of a wide table (seed %i)', (seed) => {
    const random = createRandom(seed);
    const width = 20 + Math.floor(random() * 150);
    const names = Array.from({ length: width }, (_, i) =>
      `Sensor ${i + 1} ${'mean temperature'.slice(0, Math.floor(random() * 16))}`.trim(),
    );
    const rows = Array.from({ length: 5 }, (_, row) => [
      `Station${row}`,
      ...names.slice(1).map((_, column) => (random() < 0.2 ? '' : `v${row}x${column + 1}`)),
    ]);
    const chunks = chunkRows([['Station', ...names.slice(1)], ...rows]);
    for (const [row, cells] of rows.entries()) {
      for (const [column, value] of cells.entries()) {
        if (column === 0 || value === '') continue;
        const chunk = chunks.find(({ text }) => text.split(/[ |\n]+/).includes(value));
        const line =
          chunk?.text
            .split('\n')
            .find((at) => at.split(' | ').includes(value))
            ?.split(' | ') ?? [];
        const shown = chunk?.section.split(' > ').at(-1)?.split(' | ') ?? [];
        expect(shown[line.indexOf(value)], `row ${row}, column ${column}`).toBe(names[column]);
      }
    }
  });
});
