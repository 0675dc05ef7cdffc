import type { ParsedBlock } from '@lorebox/ports/parser';
import { findHeader, isYear } from '../tables/find-header.ts';
import { splitCells } from '../tables/split-cells.ts';

/** What the rows of a table need to be understood without the rows above them. */
export interface TableHeader {
  /** Title rows above the header. */
  title: string;
  /** Name of each column. Columns below a group heading have both names: "Winter Max". */
  names: string[];
  /** Index of the first block that is neither title nor header. */
  firstRow: number;
}

const SAMPLE = 50;
const MAX_TITLE_LENGTH = 100;

function isSameTable(block: ParsedBlock | undefined, first: ParsedBlock): boolean {
  return block?.kind === 'table-row' && block.page === first.page && block.section === first.section;
}

/** A row below the header that goes on with it: years or further names, below the same first cell or an empty one. */
function isSubHeader(row: readonly string[], header: readonly string[]): boolean {
  const [label = '', ...cells] = row;
  if (label !== '' && label !== header[0]) return false;
  const filled = cells.filter((cell) => cell !== '');
  return filled.length > 0 && filled.every((cell) => isYear(cell) || !/\d/.test(cell));
}

function joinNames(rows: readonly (readonly string[])[]): string[] {
  const width = rows.reduce((max, { length }) => Math.max(max, length), 0);
  return Array.from({ length: width }, (_, column) =>
    [...new Set(rows.map((row) => row[column] ?? '').filter((name) => name !== ''))].join(' '),
  );
}

/** Finds the header of the table that starts at a block. Null if the table has none. */
export function findTableHeader(text: string, blocks: readonly ParsedBlock[], from: number): TableHeader | null {
  const first = blocks[from];
  if (!first) return null;
  const rows: string[][] = [];
  const indexes: number[] = [];
  for (let at = from; rows.length < SAMPLE && isSameTable(blocks[at], first); at++) {
    const { start, end, excluded } = blocks[at] as ParsedBlock;
    if (excluded !== undefined) continue;
    rows.push(splitCells(text.slice(start, end)).map((cell) => cell.text));
    indexes.push(at);
  }
  const headerAt = findHeader(rows);
  const header = headerAt === null ? undefined : rows[headerAt];
  if (headerAt === null || !header) return null;
  const isTitle = (row: readonly string[]) => row.filter((cell) => cell !== '').length <= 1;
  const above = rows.slice(0, headerAt);
  let end = headerAt + 1;
  // The last row is never a header.
  while (end < rows.length - 1 && isSubHeader(rows[end] as string[], header)) end++;
  return {
    title: above.filter(isTitle).flat().filter(Boolean).join(' ').slice(0, MAX_TITLE_LENGTH),
    names: joinNames([...above.filter((row) => !isTitle(row)), ...rows.slice(headerAt, end)]),
    firstRow: (indexes[end - 1] ?? from) + 1,
  };
}
