import { orderRegions } from './pdf-columns.ts';
import type { PdfPageText } from './pdf-runs.ts';
import { buildRows, buildSegments, isRtlText, type Row, segmentText } from './pdf-segments.ts';
import { findTables, placeCells } from './pdf-tables.ts';

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
    for (const [index, row] of rows.entries()) {
      const table = tables.find(({ start, end }) => index >= start && index < end);
      const isTable = table !== undefined;
      const pieces = row.segments.map(segmentText);
      let cells = table ? placeCells(row, table.columns, segmentText) : [...pieces];
      if (cells.length > 1 && isRtlText(cells.join(''))) cells.reverse();
      if (!isTable) cells = [cells.join(' ')];
      const first = row.segments[0];
      const last = row.segments[row.segments.length - 1];
      lines.push({
        cells,
        pieces,
        isTable,
        left: first?.left ?? 0,
        right: last?.right ?? 0,
        y: row.y,
        size: row.size,
        font: fontOf(row),
        region,
        edges,
        isMarginal: row.y < page.height * 0.1 || row.y > page.height * 0.9,
      });
    }
  }
  return lines;
}

function fontOf(row: Row): string | undefined {
  const font = row.segments[0]?.runs[0]?.font;
  return row.segments.every(({ runs }) => runs.every((run) => run.font === font)) ? font : undefined;
}
