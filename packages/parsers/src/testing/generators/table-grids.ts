import { utils, type WorkSheet, write } from '@e965/xlsx';
import { strToU8 } from 'fflate';
import { writeDocx, writeOdf, writePptx } from '../office-file.ts';
import { createTokens, type DocumentGenerator, pickInteger, pickOne } from './document-generator.ts';

interface Cell {
  text: string;
  row: number;
  column: number;
  rows: number;
  columns: number;
}

interface Grid {
  height: number;
  width: number;
  /** The cell at each place; merged cells are at several. */
  places: Cell[][];
  cells: Cell[];
}

/** Makes a table: a first column of unique words, then words, numbers and empty cells, some of them merged. */
function makeGrid(random: () => number, hasMerges: boolean): Grid {
  const token = createTokens(random);
  const height = pickInteger(random, 2, 9);
  const width = pickInteger(random, 2, 7);
  const places: Cell[][] = Array.from({ length: height }, () => []);
  const cells: Cell[] = [];
  let number = pickInteger(random, 1000, 9000);
  const isFree = (row: number, column: number) => row < height && column < width && !places[row]?.[column];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (!isFree(row, column)) continue;
      let [rows, columns] = [1, 1];
      // The first column tells the rows apart, and the last row keeps its height.
      if (hasMerges && column > 0 && random() < 0.25) {
        if (random() < 0.5) while (rows < 3 && isFree(row + rows, column) && random() < 0.7) rows++;
        else while (columns < 3 && isFree(row, column + columns) && random() < 0.7) columns++;
      }
      const kind = random();
      number += pickInteger(random, 1, 9);
      const isEmpty = column > 0 && kind < 0.2 && rows * columns === 1;
      const text = isEmpty ? '' : row > 0 && column > 0 && kind < 0.5 ? `${number}` : token();
      const cell: Cell = { text, row, column, rows, columns };
      cells.push(cell);
      for (let r = row; r < row + rows; r++)
        for (let c = column; c < column + columns; c++) (places[r] as Cell[])[c] = cell;
    }
  }
  return { height, width, places, cells };
}

function originsOf({ places }: Grid, row: number): Cell[] {
  return (places[row] ?? []).filter((cell, column) => cell.row === row && cell.column === column);
}

/** The cells that a format with explicit continuations lists in a row: origins, and those that go on from above. */
function startsOf({ places }: Grid, row: number): Cell[] {
  return (places[row] ?? []).filter((cell, column) => cell.column === column);
}

function eachRow(grid: Grid, write: (row: number) => string): string {
  return Array.from({ length: grid.height }, (_, row) => write(row)).join('');
}

function toDocx(grid: Grid): Uint8Array {
  const cell = (at: Cell, row: number) => {
    const merge = at.rows === 1 ? '' : at.row === row ? '<w:vMerge w:val="restart"/>' : '<w:vMerge/>';
    const span = at.columns === 1 ? '' : `<w:gridSpan w:val="${at.columns}"/>`;
    return `<w:tc><w:tcPr>${span}${merge}</w:tcPr><w:p><w:r><w:t>${at.row === row ? at.text : ''}</w:t></w:r></w:p></w:tc>`;
  };
  return writeDocx(
    `<w:tbl>${eachRow(
      grid,
      (row) =>
        `<w:tr>${startsOf(grid, row)
          .map((at) => cell(at, row))
          .join('')}</w:tr>`,
    )}</w:tbl>`,
  );
}

function toPptx(grid: Grid): Uint8Array {
  const cell = (at: Cell, row: number, column: number) => {
    const isOrigin = at.row === row && at.column === column;
    const attributes = isOrigin
      ? `${at.columns > 1 ? ` gridSpan="${at.columns}"` : ''}${at.rows > 1 ? ` rowSpan="${at.rows}"` : ''}`
      : `${at.column < column ? ' hMerge="1"' : ''}${at.row < row ? ' vMerge="1"' : ''}`;
    return `<a:tc${attributes}><a:txBody><a:p><a:r><a:t>${isOrigin ? at.text : ''}</a:t></a:r></a:p></a:txBody></a:tc>`;
  };
  const rows = eachRow(
    grid,
    (row) => `<a:tr>${(grid.places[row] ?? []).map((at, column) => cell(at, row, column)).join('')}</a:tr>`,
  );
  return writePptx([
    `<p:graphicFrame><a:graphic><a:graphicData><a:tbl>${rows}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>`,
  ]);
}

function toOdf(grid: Grid, kind: 'text' | 'spreadsheet'): Uint8Array {
  const cell = (at: Cell, row: number, column: number) => {
    if (at.row !== row || at.column !== column) return '<table:covered-table-cell/>';
    const spans =
      at.rows * at.columns === 1
        ? ''
        : ` table:number-columns-spanned="${at.columns}" table:number-rows-spanned="${at.rows}"`;
    if (at.text === '') return '<table:table-cell table:number-columns-repeated="1"/>';
    const value =
      /^\d+$/.test(at.text) && kind === 'spreadsheet' ? ` office:value-type="float" office:value="${at.text}"` : '';
    return `<table:table-cell${spans}${value}><text:p>${at.text}</text:p></table:table-cell>`;
  };
  const rows = eachRow(
    grid,
    (row) =>
      `<table:table-row>${(grid.places[row] ?? []).map((at, column) => cell(at, row, column)).join('')}</table:table-row>`,
  );
  return writeOdf(
    kind,
    `<table:table table:name="T"><table:table-column table:number-columns-repeated="${grid.width}"/>${rows}</table:table>`,
  );
}

function toBook(grid: Grid, bookType: 'xlsx' | 'biff8'): Uint8Array {
  const sheet: WorkSheet = utils.aoa_to_sheet(
    grid.places.map((row, r) =>
      row.map((at, c) => {
        if (at.row !== r || at.column !== c || at.text === '') return null;
        return /^\d+$/.test(at.text) ? Number(at.text) : at.text;
      }),
    ),
  );
  sheet['!merges'] = grid.cells
    .filter(({ rows, columns }) => rows * columns > 1)
    .map(({ row, column, rows, columns }) => ({
      s: { r: row, c: column },
      e: { r: row + rows - 1, c: column + columns - 1 },
    }));
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, 'T');
  return new Uint8Array(write(book, { type: 'buffer', bookType }));
}

function toRtf(grid: Grid): Uint8Array {
  const cell = (at: Cell, row: number, column: number) => {
    const first = at.row === row && at.column === column;
    const across = at.columns === 1 ? '' : at.column === column ? '\\clmgf' : '\\clmrg';
    const down = at.rows === 1 ? '' : at.row === row ? '\\clvmgf' : '\\clvmrg';
    return { head: `${across}${down}\\cellx${(column + 1) * 1000}`, body: `${first ? at.text : ''}\\cell ` };
  };
  const rows = eachRow(grid, (row) => {
    const cells = (grid.places[row] ?? []).map((at, column) => cell(at, row, column));
    return `\\trowd ${cells.map(({ head }) => head).join('')}\\pard\\intbl ${cells.map(({ body }) => body).join('')}\\row\n`;
  });
  return strToU8(`{\\rtf1\\ansi ${rows}\\pard end\\par}`);
}

function toHtml(grid: Grid): Uint8Array {
  const cell = ({ text, rows, columns }: Cell) =>
    `<td${rows > 1 ? ` rowspan="${rows}"` : ''}${columns > 1 ? ` colspan="${columns}"` : ''}>${text}</td>`;
  return strToU8(
    `<html><body><table>${eachRow(grid, (row) => `<tr>${originsOf(grid, row).map(cell).join('')}</tr>`)}</table></body></html>`,
  );
}

function toCsv(grid: Grid): Uint8Array {
  return strToU8(grid.places.map((row) => row.map(({ text }) => text).join(',')).join('\n'));
}

const WRITERS: Record<string, (grid: Grid) => Uint8Array> = {
  'grid.docx': toDocx,
  'grid.pptx': toPptx,
  'grid.odt': (grid) => toOdf(grid, 'text'),
  'grid.ods': (grid) => toOdf(grid, 'spreadsheet'),
  'grid.xlsx': (grid) => toBook(grid, 'xlsx'),
  'grid.xls': (grid) => toBook(grid, 'biff8'),
  'grid.rtf': toRtf,
  'grid.html': toHtml,
  'grid.csv': toCsv,
};

/** Returns what is in the wrong column: every text is in its own, and nothing else is in any. */
function findMisplaced(text: string, { places, cells }: Grid): string[] {
  const lines = new Map(
    text.split('\n').map((line) => {
      const row = line.split('|').map((cell) => cell.trim());
      return [row[0], row] as const;
    }),
  );
  const faults: string[] = [];
  for (const [r, row] of places.entries()) {
    const found = lines.get(row[0]?.text ?? '') ?? [];
    for (const [c, cell] of row.entries()) {
      const isOrigin = cell.row === r && cell.column === c;
      const shown = found[c] ?? '';
      if (isOrigin ? shown !== cell.text : shown !== '' && shown !== cell.text)
        faults.push(`row ${r} column ${c}: "${shown}" is not "${cell.text}"`);
      // A label over several rows is in each of them.
      if (!isOrigin && cell.column === c && !/^\d+$/.test(cell.text) && shown !== cell.text)
        faults.push(`row ${r} lacks the label "${cell.text}"`);
    }
  }
  return cells.length === 0 ? ['no cells'] : faults;
}

/** One random table, with merged and empty cells, in one of the formats: every value is in its column. */
export const makeTableGrids: DocumentGenerator = (random) => {
  const filename = pickOne(random, Object.keys(WRITERS));
  const grid = makeGrid(random, filename !== 'grid.csv');
  const write = WRITERS[filename] as (grid: Grid) => Uint8Array;
  return {
    filename,
    bytes: write(grid),
    tokens: grid.cells.map(({ text }) => text).filter(Boolean),
    otherText: 'end',
    check: (document) => findMisplaced(document.text, grid),
  };
};
