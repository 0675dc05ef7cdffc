import type { Row, Segment } from './pdf-segments.ts';

/** Rows from `start` to `end` (exclusive), with the positions of their columns. */
export interface PdfTable {
  start: number;
  end: number;
  columns: { left: number; right: number }[];
  /** First and last column of each heading in the first row, where headings cover several columns. */
  head?: ColumnGroup[];
}

type ColumnGroup = [first: number, last: number];

/** Uneven spaces of a scan look like columns in fewer rows. */
const MIN_RECOGNIZED_ROWS = 3;

function near(a: number, b: number): boolean {
  return Math.abs(a - b) < 4;
}

function middle(box: { left: number; right: number }): number {
  return (box.left + box.right) / 2;
}

function sharesColumns(a: Row, b: Row): boolean {
  let shared = 0;
  for (const one of a.segments) {
    const hit = b.segments.some(
      (other) => near(one.left, other.left) || near(one.right, other.right) || near(middle(one), middle(other)),
    );
    if (hit) shared++;
  }
  return shared >= 2 || shared === Math.min(a.segments.length, b.segments.length);
}

const LIST_MARK = /^(?:[•◦▪●○■–—*-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])$/i;

/** A mark and the text next to it look like cells, but are a list. */
function isListItem(row: Row): boolean {
  return (
    row.segments.length === 2 &&
    LIST_MARK.test(
      (row.segments[0]?.runs ?? [])
        .map((run) => run.text)
        .join('')
        .trim(),
    )
  );
}

/** Rows with several cells are a table if a neighbor has cells at the same positions. */
function isTableRow(rows: Row[], index: number): boolean {
  const row = rows[index] as Row;
  if (row.segments.length < 2 || isListItem(row)) return false;
  return [-1, 1, -2, 2, -3, 3].some((step) => {
    const other = rows[index + step];
    if (!other || other.segments.length < 2 || isListItem(other) || Math.abs(other.y - row.y) > row.size * 6)
      return false;
    return sharesColumns(row, other);
  });
}

/** OCR knows no fonts. */
function isRecognized(rows: Row[]): boolean {
  return rows.every(({ segments }) => segments.every(({ runs }) => runs.every(({ font }) => font === undefined)));
}

function overlap(segment: Segment, column: { left: number; right: number }): number {
  return Math.min(segment.right, column.right) - Math.max(segment.left, column.left);
}

/** Finds the columns from the row with the most cells, widened by other rows where unambiguous. */
function findColumns(rows: Row[]): PdfTable['columns'] {
  const fullest = rows.reduce((best, row) => (row.segments.length > best.segments.length ? row : best));
  const columns = fullest.segments.map(({ left, right }) => ({ left, right }));
  for (const row of rows) {
    for (const segment of row.segments) {
      const hits = columns.filter((column) => overlap(segment, column) > 0);
      const only = hits.length === 1 ? hits[0] : undefined;
      if (!only) continue;
      only.left = Math.min(only.left, segment.left);
      only.right = Math.max(only.right, segment.right);
    }
  }
  return columns;
}

/**
 * Checks whether an irregular row inside a table (one filled cell, or cells that no neighbor shares) fits its columns.
 */
function fits(row: Row, columns: PdfTable['columns']): boolean {
  return row.segments.every((segment) => columns.filter((column) => overlap(segment, column) > 0).length === 1);
}

/** Checks for the next line of a cell: close to the line above, and not below the first column. */
function wrapsCell(row: Row, above: Row, columns: PdfTable['columns']): boolean {
  const [first] = columns;
  return (
    first !== undefined &&
    row.y - above.y < row.size * 1.6 &&
    row.segments.every((segment) => overlap(segment, first) <= 0 && segment.left > first.right)
  );
}

export function findTables(rows: Row[]): PdfTable[] {
  const tables: PdfTable[] = [];
  const minRows = isRecognized(rows) ? MIN_RECOGNIZED_ROWS : 1;
  const flags = rows.map((_, index) => isTableRow(rows, index));
  for (let start = flags.indexOf(true); start >= 0; ) {
    let end = start + 1;
    while (flags[end]) end++;
    const columns = findColumns(rows.slice(start, end));
    for (let next = end; next < rows.length; next++) {
      const row = rows[next] as Row;
      const above = rows[next - 1] as Row;
      if (row.y - above.y > row.size * 4 || !fits(row, columns)) break;
      if (flags[next] || wrapsCell(row, above, columns)) end = next + 1;
      // Allows a few rows in between, such as labels of groups, if another row of the table follows.
      else if (columns.length < 3 || next > end + 3) break;
      else if (row.segments.length > 1 && !flags[next + 1] && !flags[next + 2]) end = next + 1;
    }
    const above = rows[start - 1];
    const isFree = above !== undefined && end - start > 1 && tables.at(-1)?.end !== start;
    const head = isFree ? readSpanningHead(above, rows[start] as Row, columns) : undefined;
    const own = head ?? readOwnHead(rows.slice(start, end), columns);
    if (own) tables.push({ start: head ? start - 1 : start, end, columns, head: own });
    else if (end - start >= minRows) tables.push({ start, end, columns });
    start = flags.indexOf(true, end);
  }
  return tables;
}

/** Reads a row of headings above the first row, each in the middle of several columns. */
function readSpanningHead(row: Row, first: Row, columns: PdfTable['columns']): ColumnGroup[] | undefined {
  if (row.segments.length < 2 || first.y - row.y > row.size * 3) return undefined;
  const groups = row.segments.flatMap((segment) => findGroup(segment, row, columns) ?? []);
  return groups.length === row.segments.length && groups.some(([from, to]) => to > from) ? groups : undefined;
}

/** The same for the first row of a table, where some headings are right above a column. Values have no groups. */
function readOwnHead([row, next]: readonly Row[], columns: PdfTable['columns']): ColumnGroup[] | undefined {
  if (!row || !next || row.segments.length >= next.segments.length) return undefined;
  const groups = readSpanningHead(row, next, columns) ?? [];
  const isHead = groups.every(([first, last], at) => last > first && first > (groups[at - 1]?.[1] ?? 0));
  return groups.length > 0 && isHead ? groups : undefined;
}

/**
 * Returns the first and last column below a heading: the most columns that it is in the middle of, and that are nearer
 * to it than to the headings beside it.
 */
function findGroup(segment: Segment, row: Row, columns: PdfTable['columns']): [ColumnGroup] | undefined {
  const center = middle(segment);
  const isNearest = (column: { left: number; right: number }) =>
    row.segments.every(
      (other) => Math.abs(middle(other) - middle(column)) >= Math.abs(center - middle(column)) - Number.EPSILON,
    );
  let best: ColumnGroup | undefined;
  for (const [from, first] of columns.entries()) {
    for (let to = from; to < columns.length && isNearest(columns[to] as Segment); to++) {
      const last = columns[to] as { left: number; right: number };
      const tolerance = Math.max(6, (last.right - first.left) * 0.1);
      if (Math.abs((first.left + last.right) / 2 - center) > tolerance) continue;
      if (!best || to - from > best[1] - best[0]) best = [from, to];
    }
  }
  return best && [best];
}

/** Returns the texts of headings by column, repeated over all columns they cover. */
export function placeHead(
  groups: readonly ColumnGroup[],
  columns: PdfTable['columns'],
  texts: readonly string[],
): string[] {
  return columns.map((_, column) => {
    const at = groups.findIndex(([first, last]) => column >= first && column <= last);
    return texts[at] ?? '';
  });
}

/** Returns the texts of a row by column, empty where it has none, so that values stay below their headings. */
export function placeCells(row: Row, columns: PdfTable['columns'], texts: readonly string[]): string[] {
  const cells = columns.map(() => '');
  for (const [at, segment] of row.segments.entries()) {
    let best = 0;
    for (const [index, column] of columns.entries()) {
      const current = columns[best] as { left: number; right: number };
      if (overlap(segment, column) > overlap(segment, current)) best = index;
    }
    const text = texts[at] ?? '';
    cells[best] = cells[best] ? `${cells[best]} ${text}` : text;
  }
  return cells;
}
