import { orderRegions } from './pdf-columns.ts';
import type { PdfPageText } from './pdf-runs.ts';
import { buildRows, buildSegments, isRtlText, type Row, segmentText } from './pdf-segments.ts';
import { findTables, type PdfTable, placeCells, placeHead } from './pdf-tables.ts';
import { mergeWrappedRows } from './pdf-wrapped-rows.ts';

export interface PdfLine {
  /** Cells of a table row. Ordinary lines have one entry. */
  cells: string[];
  /** Texts between wide gaps, also in lines that are no table row. */
  pieces: string[];
  isTable: boolean;
  left: number;
  right: number;
  y: number;
  size: number;
  /** Font of the whole line. Undefined if it has several, or is from OCR. */
  font: string | undefined;
  /** Lines in different regions never form one paragraph. */
  region: number;
  /** Left and right edge of the region. */
  edges: [left: number, right: number];
  /** Near the upper or lower edge of the page, the place of running heads. */
  isMarginal: boolean;
}

/** Returns the lines of a page in reading order. */
export function readLines(page: PdfPageText): PdfLine[] {
  const lines: PdfLine[] = [];
  for (const [region, segments] of orderRegions(buildSegments(page.runs)).entries()) {
    const edges: [number, number] = [
      Math.min(...segments.map((segment) => segment.left)),
      Math.max(...segments.map((segment) => segment.right)),
    ];
    const rows = buildRows(segments);
    const tables = findTables(rows);
    const describe = (row: Row, pieces: string[], cells: string[], isTable: boolean): PdfLine => ({
      cells,
      pieces,
      isTable,
      left: row.segments[0]?.left ?? 0,
      right: row.segments[row.segments.length - 1]?.right ?? 0,
      y: row.y,
      size: row.size,
      font: fontOf(row),
      region,
      edges,
      isMarginal: row.y < page.height * 0.1 || row.y > page.height * 0.9,
    });
    let next = 0;
    const afterLast: PdfTable = { start: rows.length, end: rows.length, columns: [] };
    for (const { start, end, columns, head } of [...tables, afterLast]) {
      for (const row of rows.slice(next, start)) {
        const pieces = row.segments.map(segmentText);
        lines.push(describe(row, pieces, [inOrder(pieces).join(' ')], false));
      }
      const tableLines = rows.slice(start, end).map((row, at) => {
        const pieces = row.segments.map(segmentText);
        const cells = head && at === 0 ? placeHead(head, columns, pieces) : placeCells(row, columns, pieces);
        return describe(row, pieces, cells, true);
      });
      for (const line of mergeWrappedRows(tableLines)) lines.push({ ...line, cells: inOrder(line.cells) });
      next = end;
    }
  }
  return lines;
}

/** Cells of a right-to-left row, in the order they are read. */
function inOrder(cells: string[]): string[] {
  return cells.length > 1 && isRtlText(cells.join('')) ? [...cells].reverse() : cells;
}

function fontOf(row: Row): string | undefined {
  const font = row.segments[0]?.runs[0]?.font;
  return row.segments.every(({ runs }) => runs.every((run) => run.font === font)) ? font : undefined;
}
