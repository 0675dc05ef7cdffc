/** A cell as its format describes it, before it has a place in the grid. */
export interface GridCell {
  text: string;
  /** Columns the cell covers. Default 1. */
  columns?: number;
  /** Rows the cell covers. Default 1. */
  rows?: number;
  /**
   * The place belongs to another cell. "listed": the format lists every place of a merged cell (ODF, PresentationML,
   * SpreadsheetML). "above": the cell continues the one above it, however many rows that has (WordprocessingML).
   */
  covered?: 'listed' | 'above';
}

interface Span {
  text: string;
  rowsLeft: number;
  /** The text is a label, so it is repeated in every row. */
  isLabel: boolean;
}

const MAX_COLUMNS = 16_384;

function isNumber(text: string): boolean {
  return /\d/.test(text) && !/\p{L}{2}/u.test(text);
}

function isYear(text: string): boolean {
  return /^\(?(19|20)\d\d\)?$/.test(text.trim());
}

/**
 * Places the cells of a table in columns, so that every value is under its heading. A cell that covers several rows is
 * repeated in each if it is a label: a row must be understood without the rows above it. Amounts stand once, so that
 * sums stay right. A heading over several columns is repeated over each of them.
 */
export class TableGrid {
  private spans: (Span | undefined)[] = [];
  private isHead = true;

  /** Returns the texts of one row by column. `isHeader` marks a row as a heading whatever its cells look like. */
  place(cells: readonly GridCell[], isHeader = false): string[] {
    const row: string[] = [];
    const own = cells.filter((cell) => !cell.covered && cell.text.trim() !== '');
    // A row with a single text is a title or a remark; it is not a heading of columns.
    const repeats = own.length > 1 && (isHeader || (this.isHead && own.every((cell) => isHeading(cell.text))));
    if (own.some((cell) => !isHeading(cell.text))) this.isHead = false;
    let absorbed = 0;
    for (const cell of cells) {
      const columns = Math.max(1, Math.min(cell.columns ?? 1, MAX_COLUMNS - row.length));
      if (row.length >= MAX_COLUMNS) break;
      if (cell.covered === 'listed' && absorbed > 0) {
        absorbed--;
        continue;
      }
      absorbed = 0;
      if (cell.covered) {
        for (let index = 0; index < columns; index++) row.push(this.continueSpan(row.length));
        continue;
      }
      while (this.isTaken(row.length)) row.push(this.continueSpan(row.length));
      this.addCell(row, cell, columns, repeats);
      absorbed = columns - 1;
    }
    while (this.isTaken(row.length) && row.length < MAX_COLUMNS) row.push(this.continueSpan(row.length));
    return row;
  }

  private addCell(row: string[], cell: GridCell, columns: number, repeats: boolean): void {
    const start = row.length;
    const rows = cell.rows ?? 1;
    const isLabel = !isNumber(cell.text) || start === 0 || this.spans[start - 1] !== undefined;
    for (let index = 0; index < columns; index++) {
      const text = index === 0 || repeats ? cell.text : '';
      row.push(text);
      this.spans[start + index] = rows > 1 ? { text, rowsLeft: rows - 1, isLabel } : undefined;
    }
  }

  /** Open spans (`rows: Infinity`) end with the first cell that doesn't continue them, so they never push cells. */
  private isTaken(column: number): boolean {
    const span = this.spans[column];
    return span !== undefined && Number.isFinite(span.rowsLeft);
  }

  private continueSpan(column: number): string {
    const span = this.spans[column];
    if (!span) return '';
    span.rowsLeft--;
    if (span.rowsLeft <= 0) this.spans[column] = undefined;
    return span.isLabel ? span.text : '';
  }
}

function isHeading(text: string): boolean {
  return !isNumber(text) || isYear(text);
}
