import type { CellObject, Range, WorkSheet } from '@e965/xlsx';
import { nameColumn, type SheetCells, showCell } from './sheet-cells.ts';
import { type GridCell, TableGrid } from './table-grid.ts';

type Cells = (CellObject | undefined)[];

export interface SheetContent {
  rows: string[][];
  /** Hidden rows and columns with content, such as "row 3" or "column B". */
  hidden: string[];
}

interface MergedCells {
  origins: Map<string, Range>;
  covered: Set<string>;
}

const MAX_MERGED_PLACES = 1_000_000;

function mapMerges(merges: readonly Range[], lastRow: number): MergedCells {
  const origins = new Map<string, Range>();
  const covered = new Set<string>();
  for (const merge of merges) {
    const { s: start, e: end } = merge;
    if (end.r < start.r || end.c < start.c) continue;
    origins.set(`${start.r},${start.c}`, merge);
    for (let row = start.r; row <= Math.min(end.r, lastRow); row++) {
      for (let column = start.c; column <= end.c && covered.size < MAX_MERGED_PLACES; column++) {
        if (row !== start.r || column !== start.c) covered.add(`${row},${column}`);
      }
    }
  }
  return { origins, covered };
}

/** Rows that an automatic filter hides are data that somebody filtered, not data that somebody hid. */
function isFiltered(sheet: WorkSheet, row: number): boolean {
  const match = /^\$?[A-Z]+\$?(\d+):\$?[A-Z]+\$?(\d+)$/.exec(sheet['!autofilter']?.ref ?? '');
  return match !== null && row + 1 > Number(match[1]) && row + 1 <= Number(match[2]);
}

/** Joins neighboring numbers: 3, 4, 5 and 9 are "3-5, 9". */
function joinRanges(indexes: readonly number[], name: (index: number) => string): string {
  const parts: string[] = [];
  for (let at = 0; at < indexes.length; ) {
    let end = at;
    while (indexes[end + 1] === (indexes[end] as number) + 1) end++;
    const [first, last] = [name(indexes[at] as number), name(indexes[end] as number)];
    parts.push(first === last ? first : `${first}-${last}`);
    at = end + 1;
  }
  return parts.length > 20 ? `${parts.slice(0, 20).join(', ')} ...` : parts.join(', ');
}

export function describeHidden(rows: readonly number[], columns: readonly number[]): string[] {
  const hidden: string[] = [];
  if (rows.length > 0) {
    hidden.push(`${rows.length === 1 ? 'row' : 'rows'} ${joinRanges(rows, (row) => String(row + 1))}`);
  }
  if (columns.length > 0) {
    hidden.push(`${columns.length === 1 ? 'column' : 'columns'} ${joinRanges(columns, nameColumn)}`);
  }
  return hidden;
}

/** Reads the visible cells of a sheet, every value in its own column. */
export function readSheetRows(sheet: WorkSheet, cells: SheetCells): SheetContent {
  const data = (sheet['!data'] ?? []) as Cells[];
  const isHiddenColumn = (column: number) => sheet['!cols']?.[column]?.hidden === true;
  const hasHiddenColumns = sheet['!cols']?.some((column) => column?.hidden) ?? false;
  const texts = Array.from(data, (row, index) =>
    row ? Array.from(row, (cell, column) => showCell(cell, index, column, cells)) : [],
  );
  const hiddenRows: number[] = [];
  const hiddenColumns = new Set<number>();
  const visible: { index: number; row: string[] }[] = [];
  for (const [index, row] of texts.entries()) {
    if (sheet['!rows']?.[index]?.hidden && !isFiltered(sheet, index)) {
      if (row.some((text) => text !== '')) hiddenRows.push(index);
      continue;
    }
    if (hasHiddenColumns) {
      for (const [column, text] of row.entries()) if (text !== '' && isHiddenColumn(column)) hiddenColumns.add(column);
    }
    visible.push({ index, row });
  }
  const merges = mapMerges(sheet['!merges'] ?? [], data.length - 1);
  const placed = merges.origins.size === 0 ? visible.map(({ row }) => row) : placeMerged(visible, merges);
  const columns = [...hiddenColumns].sort((left, right) => left - right);
  return {
    rows: cutEmptyColumns(
      hiddenColumns.size === 0 ? placed : placed.map((row) => row.filter((_, column) => !hiddenColumns.has(column))),
    ),
    hidden: describeHidden(hiddenRows, columns),
  };
}

function placeMerged(rows: readonly { index: number; row: string[] }[], { origins, covered }: MergedCells): string[][] {
  const grid = new TableGrid();
  let width = 0;
  for (const { row } of rows) width = Math.max(width, row.length);
  return rows.map(({ index, row }) => {
    const cells: GridCell[] = [];
    for (let column = 0; column < width; column++) {
      const key = `${index},${column}`;
      const merge = origins.get(key);
      const cell: GridCell = { text: covered.has(key) ? '' : (row[column] ?? '') };
      if (covered.has(key)) cell.covered = 'listed';
      if (merge) {
        cell.columns = Math.min(merge.e.c, width - 1) - merge.s.c + 1;
        cell.rows = merge.e.r - merge.s.r + 1;
      }
      cells.push(cell);
    }
    return grid.place(cells);
  });
}

/** Tables rarely start in column A. The empty columns before them are dropped. */
function cutEmptyColumns(rows: string[][]): string[][] {
  let first = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    const at = row.findIndex((text) => text !== '');
    if (at >= 0 && at < first) first = at;
  }
  return first === 0 || !Number.isFinite(first) ? rows : rows.map((row) => row.slice(first));
}
