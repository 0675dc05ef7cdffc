import { areColumns } from './pdf-column-prose.ts';
import { isRtlText, type Segment } from './pdf-segments.ts';

/** Segments that are read from top to bottom before the next region starts. */
export type Region = Segment[];

const MIN_ROWS = 4;
const MAX_CUTS = 8;
/** Edges that many lines share, tried as a border between columns. */
const MAX_BORDERS = 12;
const EDGE_WIDTH = 3;
const MIN_WIDTH = 150;
/** Share of the segments that may not cross the space between two columns. */
const MIN_CLEAR = 0.95;

/** Consecutive segments in order of height that stay on one side of a border. */
interface Band {
  border: number;
  start: number;
  end: number;
}

/**
 * Determines the reading order of a page. A band in which no line crosses the border between two bodies of text is read
 * column by column; what is above and below it is divided in the same way, and otherwise read row by row.
 */
export function orderRegions(segments: Segment[], cuts = 0): Region[] {
  if (segments.length < MIN_ROWS * 2 || cuts >= MAX_CUTS) return segments.length > 0 ? [segments] : [];
  const sorted = [...segments].sort((a, b) => a.y - b.y);
  const band = findBand(sorted);
  if (!band) return [segments];
  const inside = sorted.slice(band.start, band.end);
  const left = inside.filter((segment) => segment.right <= band.border + 1);
  const right = inside.filter((segment) => segment.right > band.border + 1);
  const sides = [orderRegions(left, cuts + 1), orderRegions(right, cuts + 1)];
  const sample = inside.slice(0, 40).flatMap((segment) => segment.runs.map((run) => run.text));
  if (isRtlText(sample.join(''))) sides.reverse();
  return [
    ...orderRegions(sorted.slice(0, band.start), cuts + 1),
    ...sides.flat(),
    ...orderRegions(sorted.slice(band.end), cuts + 1),
  ];
}

/** Returns the largest band with two columns. */
function findBand(sorted: Segment[]): Band | undefined {
  const bands = listBorders(sorted).flatMap((border) => bandsAt(sorted, border));
  bands.sort((a, b) => b.end - b.start - (a.end - a.start));
  return bands.find(({ border, start, end }) => {
    const inside = sorted.slice(start, end);
    const left = inside.filter((segment) => segment.right <= border + 1);
    const right = inside.filter((segment) => segment.right > border + 1);
    if (left.length < MIN_ROWS || right.length < MIN_ROWS) return false;
    return areColumns(left, right) || areColumns(lastColumn(left), firstColumn(right));
  });
}

/** Of a side with further columns, returns the one next to the border. Lines of two columns look like a table. */
function firstColumn(segments: Segment[]): Segment[] {
  const border = listGaps(segments).at(0);
  return border === undefined ? segments : segments.filter(({ right }) => right <= border + 1);
}

function lastColumn(segments: Segment[]): Segment[] {
  const border = listGaps(segments).at(-1);
  return border === undefined ? segments : segments.filter(({ left }) => left >= border - 1);
}

/** Returns the borders that hardly any segment crosses, from left to right. */
function listGaps(segments: Segment[]): number[] {
  const isGap = (border: number) => {
    const left = segments.filter((segment) => segment.right <= border + 1).length;
    const right = segments.filter((segment) => segment.left >= border - 1).length;
    return left >= MIN_ROWS && right >= MIN_ROWS && left + right >= segments.length * MIN_CLEAR;
  };
  return listBorders(segments)
    .filter(isGap)
    .sort((a, b) => a - b);
}

/** Returns positions just outside the edges that most segments share. */
function listBorders(segments: Segment[]): number[] {
  const left = Math.min(...segments.map((segment) => segment.left));
  const right = Math.max(...segments.map((segment) => segment.right));
  if (right - left < MIN_WIDTH) return [];
  const counts = new Map<number, number>();
  const count = (x: number) => {
    const edge = Math.round(x / EDGE_WIDTH);
    counts.set(edge, (counts.get(edge) ?? 0) + 1);
  };
  for (const segment of segments) {
    count(segment.left - EDGE_WIDTH);
    count(segment.right + EDGE_WIDTH);
  }
  return [...counts]
    .filter(([, shared]) => shared >= MIN_ROWS)
    .sort((a, b) => b[1] - a[1])
    .map(([edge]) => edge * EDGE_WIDTH)
    .filter((x) => x > left + (right - left) * 0.12 && x < right - (right - left) * 0.12)
    .slice(0, MAX_BORDERS);
}

function bandsAt(sorted: Segment[], border: number): Band[] {
  const bands: Band[] = [];
  let start = 0;
  for (let index = 0; index <= sorted.length; index++) {
    const segment = sorted[index];
    if (segment && !(segment.left < border - 1 && segment.right > border + 1)) continue;
    if (index - start >= MIN_ROWS * 2) bands.push({ border, start, end: index });
    start = index + 1;
  }
  return bands;
}
