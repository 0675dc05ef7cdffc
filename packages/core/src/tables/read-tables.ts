import type { ParsedBlock } from '@lorebox/ports/parser';
import { findHeader } from './find-header.ts';
import { Pacer } from './pacer.ts';
import { splitCells } from './split-cells.ts';
import type { Column, Row, Table } from './table.ts';
import { typeColumns } from './type-columns.ts';

export const MAX_ROWS = 200_000;
export const MAX_COLUMNS = 200;
const MAX_CELLS = 2_000_000;
const MAX_NAME_LENGTH = 200;
/** Columns that sum up others have these names; rows start with them. */
const TOTAL =
  /^(?:(?:grand|sub)?[ -]?totals?|sum|overall|(?:gesamt|zwischen)?summe|gesamt(?:betrag)?|insgesamt|(?:sous-)?total(?: général| ht| ttc)?|somme|suma|total general|totale|totaal|合计|总计|小计|合計|小計|総計)\s?:?$/iu;

interface RawTable {
  name: string;
  rows: { start: number; end: number; cells: string[] }[];
}

/** Reads the tables of a document from its stored text. Tables that are larger than the limits are left out. */
export async function readTables(text: string, blocks: readonly ParsedBlock[]): Promise<Table[]> {
  const pacer = new Pacer();
  const tables: Table[] = [];
  for (const raw of await collectRows(text, blocks, pacer)) {
    const table = await toTable(raw, pacer);
    if (table) tables.push(table);
  }
  return tables;
}

/** Consecutive rows of the same sheet or section are a table. */
async function collectRows(text: string, blocks: readonly ParsedBlock[], pacer: Pacer): Promise<RawTable[]> {
  const tables: RawTable[] = [];
  let heading = '';
  let last: ParsedBlock | null = null;
  for (const block of blocks) {
    if (block.kind === 'table-row') {
      const isNew = last?.kind !== 'table-row' || last.section !== block.section;
      if (isNew) tables.push({ name: oneLine(block.section ?? heading), rows: [] });
      const cells = splitCells(text.slice(block.start, block.end)).map((cell) => cell.text);
      tables.at(-1)?.rows.push({ start: block.start, end: block.end, cells });
      await pacer.add(cells.length);
    } else if (block.kind === 'heading') heading = text.slice(block.start, block.end);
    last = block;
  }
  return tables;
}

async function toTable({ name, rows }: RawTable, pacer: Pacer): Promise<Table | null> {
  const headerAt = findHeader(rows.map(({ cells }) => cells));
  const header = headerAt === null ? null : (rows[headerAt] ?? null);
  const headerText = header?.cells.join('|');
  const data = rows
    .slice(headerAt === null ? 0 : headerAt + 1)
    // Tables that continue on the next page repeat their header.
    .filter(({ cells }) => !isTotal(cells) && cells.join('|') !== headerText);
  const width = data.reduce((max, { cells }) => Math.max(max, cells.length), header?.cells.length ?? 0);
  const isReadable = data.length > 0 && data.length <= MAX_ROWS && width <= MAX_COLUMNS;
  if (!isReadable || data.length * width > MAX_CELLS) return null;
  const names = nameColumns(header?.cells ?? [], width);
  const typed = await typeColumns(
    names.map((_, i) => data.map(({ cells }) => cells[i] ?? '')),
    pacer,
  );
  const columns = typed.map(({ values: _, ...column }, i): Column => ({ name: names[i] ?? '', ...column }));
  const toRow = ({ start, end, cells }: RawTable['rows'][number], at: number): Row => ({
    number: at + 1,
    start,
    end,
    texts: names.map((_, i) => cells[i] || null),
    values: typed.map(({ values }) => values[at] ?? null),
  });
  return { name, columns, rows: data.map(toRow), header: header && { start: header.start, end: header.end } };
}

function isTotal(cells: readonly string[]): boolean {
  return TOTAL.test(cells.find((cell) => cell !== '') ?? '');
}

/** Unique names without regard to case, also for columns without a header. */
function nameColumns(header: readonly string[], width: number): string[] {
  const taken = new Set(['_row']);
  return Array.from({ length: width }, (_, i) => {
    const base = oneLine(header[i] ?? '') || `Column ${i + 1}`;
    let name = base;
    for (let n = 2; taken.has(name.toLowerCase()); n += 1) name = `${base} (${n})`;
    taken.add(name.toLowerCase());
    return name;
  });
}

/** SQL and the names of results are shown, so control characters and line breaks are removed. */
function oneLine(name: string): string {
  return name
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
    .slice(0, MAX_NAME_LENGTH);
}
