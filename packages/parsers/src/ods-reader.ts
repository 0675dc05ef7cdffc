import type { DocumentBuilder } from './document-builder.ts';
import type { OdfReader } from './odf-reader.ts';
import type { OdfStyles } from './odf-styles.ts';
import { readUncachedFormula, showOdfValue } from './odf-values.ts';
import { describeUncached, nameColumn } from './sheet-cells.ts';
import { describeHidden } from './sheet-rows.ts';
import { type GridCell, TableGrid } from './table-grid.ts';
import { attributeOf, childrenOf, findAll, type XmlElement } from './xml.ts';

const MAX_COLUMNS = 16_384;
/** A row with content that is repeated more often fills the sheet by mistake. */
const MAX_REPEATED_ROWS = 10_000;

interface Sheet {
  name: string;
  isHidden: boolean;
  grid: TableGrid;
  rows: string[][];
  /** Row of the sheet that comes next, from 0. */
  row: number;
  columns: number;
  collapsedColumns: Set<number>;
  hiddenColumns: Set<number>;
  hiddenRows: number[];
  uncached: string[];
  cutRows: number;
  objects: XmlElement[];
}

/** Reads the sheets of an OpenDocument spreadsheet, row by row. */
export class OdsReader {
  private readonly document: DocumentBuilder;
  private readonly styles: OdfStyles;
  private readonly reader: OdfReader;
  private sheet: Sheet | undefined;
  private count = 0;
  private readonly hiddenSheets: string[] = [];

  constructor(document: DocumentBuilder, styles: OdfStyles, reader: OdfReader) {
    this.document = document;
    this.styles = styles;
    this.reader = reader;
  }

  startSheet(table: XmlElement): void {
    this.endSheet();
    this.count++;
    this.sheet = {
      name: attributeOf(table, 'name') ?? '',
      isHidden: this.styles.isHidden(attributeOf(table, 'style-name')),
      grid: new TableGrid(),
      rows: [],
      row: 0,
      columns: 0,
      collapsedColumns: new Set(),
      hiddenColumns: new Set(),
      hiddenRows: [],
      uncached: [],
      cutRows: 0,
      objects: [],
    };
  }

  /** Handles a row, a column definition or the shapes of the current sheet. */
  addUnit(unit: XmlElement): void {
    const { sheet } = this;
    if (!sheet || sheet.isHidden) return;
    if (unit.name === 'table-column') this.addColumns(sheet, unit);
    else if (unit.name === 'table-row') this.addRow(sheet, unit);
    else sheet.objects.push(...childrenOf(unit));
  }

  finish(): void {
    this.endSheet();
    const { document } = this;
    document.pageCount = this.count;
    Object.assign(document, { page: undefined, section: undefined });
    if (this.hiddenSheets.length > 0) {
      const names = this.hiddenSheets.map((name) => `"${name}"`).join(', ');
      document.warn(
        `Hidden ${this.hiddenSheets.length === 1 ? 'sheet' : 'sheets'} left out: ${names}. Unhide to include.`,
      );
    }
  }

  private addColumns(sheet: Sheet, column: XmlElement): void {
    const repeat = Math.min(MAX_COLUMNS, Number(attributeOf(column, 'number-columns-repeated') ?? 1) || 1);
    if (attributeOf(column, 'visibility') === 'collapse') {
      for (let index = 0; index < repeat; index++) sheet.collapsedColumns.add(sheet.columns + index);
    }
    sheet.columns += repeat;
  }

  private addRow(sheet: Sheet, row: XmlElement): void {
    const repeat = Number(attributeOf(row, 'number-rows-repeated') ?? 1) || 1;
    const cells = this.reader.readRowCells(row, (cell, column) => this.readCell(cell, sheet, column));
    const isEmpty = cells.every(({ text, covered }) => text === '' && !covered);
    const first = sheet.row;
    sheet.row += repeat;
    const isHidden = attributeOf(row, 'visibility') === 'collapse';
    if (isHidden && !isEmpty) sheet.hiddenRows.push(first);
    if (isHidden || isEmpty) return;
    const times = Math.min(repeat, MAX_REPEATED_ROWS);
    sheet.cutRows += repeat - times;
    for (let index = 0; index < times; index++) sheet.rows.push(this.place(sheet, cells));
  }

  private place(sheet: Sheet, cells: readonly GridCell[]): string[] {
    const row = sheet.grid.place(cells);
    for (const [index, text] of row.entries()) {
      if (text !== '' && sheet.collapsedColumns.has(index)) sheet.hiddenColumns.add(index);
    }
    return row;
  }

  private readCell(cell: XmlElement, sheet: Sheet, column: number): string {
    if (cell.children.length === 0 && attributeOf(cell, 'formula') === undefined) return showOdfValue(cell, '');
    const comments = childrenOf(cell, 'annotation').map((annotation) =>
      findAll(annotation, 'p').map(plainText).join(' '),
    );
    const shown = this.reader.readCell(cell);
    const formula = readUncachedFormula(cell, shown);
    if (formula) sheet.uncached.push(`${nameColumn(column)}${sheet.row + 1}`);
    const text = formula ?? showOdfValue(cell, shown);
    const comment = comments.filter(Boolean).join(' ');
    return comment ? `${text} (Comment: ${comment})` : text;
  }

  private endSheet(): void {
    const { sheet, document } = this;
    this.sheet = undefined;
    if (!sheet) return;
    if (sheet.isHidden) {
      this.hiddenSheets.push(sheet.name);
      return;
    }
    document.page = this.count;
    document.section = sheet.name;
    const rows = sheet.rows.map((row) => row.filter((_, column) => !sheet.hiddenColumns.has(column)));
    const first = Math.min(
      ...rows.map((row) => row.findIndex((text) => text !== '')).filter((at) => at >= 0),
      MAX_COLUMNS,
    );
    for (const row of rows) document.addRow(row.slice(first));
    for (const object of sheet.objects) this.reader.addUnit(object);
    this.warn(sheet);
  }

  private warn(sheet: Sheet): void {
    const { document } = this;
    const hidden = describeHidden(
      sheet.hiddenRows,
      [...sheet.hiddenColumns].sort((left, right) => left - right),
    );
    if (hidden.length > 0)
      document.warn(`Sheet "${sheet.name}": hidden ${hidden.join(' and ')} left out. Unhide to include.`);
    if (sheet.uncached.length > 0) {
      document.warn(describeUncached(sheet.name, sheet.uncached));
    }
    if (sheet.cutRows > 0) {
      document.warn(`Sheet "${sheet.name}": ${sheet.cutRows} further copies of a repeated row left out.`);
    }
  }
}

function plainText(paragraph: XmlElement): string {
  return paragraph.children.map((child) => (typeof child === 'string' ? child : plainText(child))).join('');
}
