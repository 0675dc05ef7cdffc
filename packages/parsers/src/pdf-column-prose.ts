import { buildRows, type Row, type Segment } from './pdf-segments.ts';

const MIN_ROWS = 4;
const MIN_WIDTH = 100;
/** A line of running text fills most of its column. */
const FULL_LINE = 0.75;
/** Lines of running text in a column that also has a figure, a table or code. */
const MIN_PROSE_LINES = 3;
const MAX_CELL_LINES = 4;
const NEAR = 2;

interface Side {
  rows: Row[];
  width: number;
  /** Lines that fill the column and follow one another. */
  proseLines: number;
  /** Lines that start in the middle of a sentence, or of a script without letter case. */
  continued: number;
}

function studySide(segments: Segment[]): Side {
  const rows = buildRows(segments);
  const left = Math.min(...segments.map((segment) => segment.left));
  const right = Math.max(...segments.map((segment) => segment.right));
  const side: Side = { rows, width: right - left, proseLines: 0, continued: 0 };
  let previous: Row | undefined;
  for (const row of rows) {
    const first = row.segments[0];
    const isFull =
      row.segments.length === 1 && first !== undefined && first.right - first.left > side.width * FULL_LINE;
    if (!isFull) {
      previous = undefined;
      continue;
    }
    if (previous && row.y - previous.y < row.size * 2) side.proseLines++;
    previous = row;
    const start = first.runs[0]?.text.trimStart()[0] ?? '';
    if (start.toLowerCase() === start && !/\d/.test(start)) side.continued++;
  }
  return side;
}

function isProse({ rows, width, proseLines, continued }: Side): boolean {
  return width > MIN_WIDTH && proseLines >= rows.length * 0.5 && continued >= rows.length * 0.2;
}

function hasProse({ width, proseLines, continued }: Side): boolean {
  return width > MIN_WIDTH && proseLines >= MIN_PROSE_LINES && continued >= 2;
}

/** Rows of a table with long cells begin at the same heights on both sides. */
function beginTogether(left: Side, right: Side): boolean {
  const starts = [listStarts(left.rows), listStarts(right.rows)].sort((a, b) => a.length - b.length);
  const [fewer = [], more = []] = starts;
  // Paragraphs are longer than cells.
  if (Math.min(left.rows.length, right.rows.length) > fewer.length * MAX_CELL_LINES) return false;
  const together = fewer.filter((y) => more.some((other) => Math.abs(other - y) < NEAR)).length;
  return fewer.length >= 3 && more.length <= fewer.length * 1.4 && together >= fewer.length * 0.8;
}

/** Returns the heights of lines after a larger gap, and of the first line. */
function listStarts(rows: Row[]): number[] {
  const gaps = rows.slice(1).map((row, at) => row.y - (rows[at]?.y ?? 0));
  const usual = [...gaps].sort((a, b) => a - b)[gaps.length >> 2] ?? 0;
  return rows.filter((_, at) => at === 0 || (gaps[at - 1] ?? 0) > usual * 1.3).map(({ y }) => y);
}

/** Share of the lines of the shorter side that have a line of the other side beside them. */
function shareOfCommonLines(left: Row[], right: Row[]): number {
  const [fewer, more] = left.length < right.length ? [left, right] : [right, left];
  let common = 0;
  let at = 0;
  for (const row of fewer) {
    while (at < more.length && (more[at]?.y ?? 0) < row.y - NEAR) at++;
    if (Math.abs((more[at]?.y ?? Number.POSITIVE_INFINITY) - row.y) < NEAR) common++;
  }
  return common / fewer.length;
}

/** Distinguishes columns of text from a table, which has short cells on common baselines. */
export function areColumns(leftSegments: Segment[], rightSegments: Segment[]): boolean {
  const left = studySide(leftSegments);
  const right = studySide(rightSegments);
  if (left.rows.length < MIN_ROWS || right.rows.length < MIN_ROWS) return false;
  if (beginTogether(left, right)) return false;
  if (isProse(left) && isProse(right)) return true;
  const common = shareOfCommonLines(left.rows, right.rows);
  const isHalf = Math.min(left.width, right.width) > Math.max(left.width, right.width) * 0.5;
  if (isHalf && (isProse(left) || isProse(right)) && common < 0.7) return true;
  if (isHalf && hasProse(left) && hasProse(right) && common < 0.9) return true;
  return common < 0.3;
}
