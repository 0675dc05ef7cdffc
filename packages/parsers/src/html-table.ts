import { squeezeText } from './clean-text.ts';
import type { HtmlBlock } from './html-block.ts';
import { joinSigns } from './join-signs.ts';
import { TableGrid } from './table-grid.ts';

/** Limits of the HTML standard. */
const MAX_COLUMN_SPAN = 1000;
const MAX_ROW_SPAN = 65_534;
/** A longer table inside a cell is content of its own, and the outer table is layout. */
const MAX_NESTED_LENGTH = 600;

export interface HtmlCell {
  blocks: HtmlBlock[];
  columnSpan: number;
  rowSpan: number;
  isHeader: boolean;
}

/** Collects one table row by row, and places each cell in its column. */
export class HtmlTable {
  cell: HtmlCell | undefined;
  /** A table with headings or borders is a table of data, not page layout. */
  private isData: boolean;
  private row: HtmlCell[] | undefined;
  private readonly grid = new TableGrid();
  /** Rows that a cell above reaches into. */
  private spannedRows = 0;

  constructor(attributes: Record<string, string>) {
    this.isData = Number(attributes.border ?? 0) > 0;
  }

  openRow(): void {
    this.row = [];
  }

  openCell(isHeader: boolean, attributes: Record<string, string>): void {
    this.row ??= [];
    this.isData ||= isHeader;
    this.cell = {
      blocks: [],
      columnSpan: readSpan(attributes.colspan, MAX_COLUMN_SPAN),
      rowSpan: attributes.rowspan === '0' ? MAX_ROW_SPAN : readSpan(attributes.rowspan, MAX_ROW_SPAN),
      isHeader,
    };
    this.row.push(this.cell);
  }

  /** Returns the blocks of the finished row: one row, or the contents of the cells of a layout table. */
  closeRow(): HtmlBlock[] {
    const row = this.row;
    this.row = undefined;
    this.cell = undefined;
    if (!row) return [];
    const isBelowSpan = this.spannedRows > 0;
    const cells = this.place(row);
    this.spannedRows = Math.max(this.spannedRows - 1, ...row.map(({ rowSpan }) => rowSpan - 1));
    if (!isBelowSpan && isLayout(row, this.isData)) return row.flatMap(({ blocks }) => blocks);
    return cells.some((cell) => cell !== '') ? [{ kind: 'table-row', text: '', cells }] : [];
  }

  private place(row: readonly HtmlCell[]): string[] {
    const cells = row.map(({ blocks, columnSpan, rowSpan }) => ({
      text: cellText(blocks),
      columns: columnSpan,
      rows: rowSpan,
    }));
    const isHeader = row.every((cell) => cell.isHeader);
    return joinSigns(this.grid.place(cells, isHeader));
  }
}

function readSpan(value: string | undefined, max: number): number {
  const span = Number.parseInt(value ?? '1', 10);
  return span >= 1 ? Math.min(span, max) : 1;
}

function cellText(blocks: readonly HtmlBlock[]): string {
  const lines = blocks.map(({ text, cells }) => (cells ? cells.filter(Boolean).join(' ') : text));
  const separator = blocks.some(({ cells }) => cells) ? '; ' : ' ';
  return squeezeText(lines.join(separator));
}

/** A row with one cell, or one filled cell with several paragraphs, or with a large table inside, is page layout. */
function isLayout(row: readonly HtmlCell[], isData: boolean): boolean {
  const filled = row.filter(({ blocks }) => blocks.length > 0);
  const only = filled.length === 1 ? filled[0] : undefined;
  if (only && (only.blocks.length > 1 || (row.length === 1 && only.columnSpan === 1))) return true;
  return row.some(({ blocks }) => {
    const nested = blocks.filter(({ cells }) => cells);
    const length = nested.reduce((sum, { cells }) => sum + (cells ?? []).join(' ').length, 0);
    return nested.length > 0 && (!isData || length > MAX_NESTED_LENGTH);
  });
}
