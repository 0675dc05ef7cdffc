import { squeezeText } from './clean-text.ts';
import type { HtmlBlock } from './html-block.ts';

/** Limits of the HTML standard. */
const MAX_COLUMN_SPAN = 1000;
const MAX_ROW_SPAN = 65_534;
/** A longer table inside a cell is content of its own, and the outer table is layout. */
const MAX_NESTED_LENGTH = 600;
const MAX_COLUMNS = 5000;

export interface HtmlCell {
  blocks: HtmlBlock[];
  columnSpan: number;
  rowSpan: number;
  isHeader: boolean;
}

interface Carried {
  text: string;
  rows: number;
}

/** Collects one table row by row, and places each cell in its column. */
export class HtmlTable {
  cell: HtmlCell | undefined;
  /** A table with headings or borders is a table of data, not page layout. */
  private isData: boolean;
  private row: HtmlCell[] | undefined;
  /** Cells from rows above that reach into the next row, by column. */
  private readonly carried: (Carried | undefined)[] = [];

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
    const isBelowSpan = this.carried.some((above) => above !== undefined);
    if (!isBelowSpan && isLayout(row, this.isData)) {
      this.place(row);
      return row.flatMap(({ blocks }) => blocks);
    }
    const cells = this.place(row);
    return cells.some((cell) => cell !== '') ? [{ kind: 'table-row', text: '', cells }] : [];
  }

  /** Repeats a cell that spans rows in each of them, and a heading that spans columns above each of them. */
  private place(row: readonly HtmlCell[]): string[] {
    const cells: string[] = [];
    const carriedNow = this.carried.splice(0);
    const takeCarried = () => {
      for (let above = carriedNow[cells.length]; above; above = carriedNow[cells.length]) {
        this.carry(cells.length, above.text, above.rows - 1);
        cells.push(above.text);
      }
    };
    for (const { blocks, columnSpan, rowSpan, isHeader } of row) {
      takeCarried();
      const text = cellText(blocks);
      for (let column = 0; column < columnSpan && cells.length < MAX_COLUMNS; column++) {
        const shown = column === 0 || isHeader ? text : '';
        this.carry(cells.length, shown, rowSpan - 1);
        cells.push(shown);
      }
    }
    takeCarried();
    for (let column = cells.length; column < carriedNow.length; column++) {
      const above = carriedNow[column];
      if (above) this.carry(column, above.text, above.rows - 1);
      cells.push(above?.text ?? '');
    }
    return cells;
  }

  private carry(column: number, text: string, rows: number): void {
    if (rows > 0) this.carried[column] = { text, rows };
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
