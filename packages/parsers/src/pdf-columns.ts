import { buildRows, isRtlText, type Segment } from './pdf-segments.ts';

/** Segments that are read from top to bottom before the next region starts. */
export type Region = Segment[];

const MIN_ROWS = 4;
const MAX_CUTS = 6;

interface Gutter {
  x: number;
  crossing: Set<Segment>;
}

/** Returns the vertical line crossed by the fewest segments, if it leaves enough on both sides. */
function findGutter(segments: Segment[]): Gutter | undefined {
  const left = Math.min(...segments.map((segment) => segment.left));
  const right = Math.max(...segments.map((segment) => segment.right));
  const width = right - left;
  if (width < 150) return undefined;
  let best: { x: number; crossing: number; run: number } | undefined;
  let run = 0;
  let previous = -1;
  for (let x = left + width * 0.15; x <= right - width * 0.15; x += 2) {
    let crossing = 0;
    for (const segment of segments) if (segment.left < x && segment.right > x) crossing++;
    run = crossing === previous ? run + 1 : 0;
    previous = crossing;
    if (!best || crossing < best.crossing || (crossing === best.crossing && run > best.run)) {
      best = { x: x - run, crossing, run };
    }
  }
  if (!best || best.crossing > segments.length * 0.34) return undefined;
  const { x } = best;
  return { x, crossing: new Set(segments.filter((segment) => segment.left < x && segment.right > x)) };
}

function isProse(side: Segment[]): boolean {
  const left = Math.min(...side.map((segment) => segment.left));
  const right = Math.max(...side.map((segment) => segment.right));
  const widths = side.map((segment) => segment.right - segment.left).sort((a, b) => a - b);
  return (widths[widths.length >> 1] ?? 0) > (right - left) * 0.55 && right - left > 100;
}

/** Distinguishes columns of text from a table, which has short cells on common baselines. */
function areColumns(left: Segment[], right: Segment[]): boolean {
  const leftRows = buildRows(left);
  const rightRows = buildRows(right);
  if (leftRows.length < MIN_ROWS || rightRows.length < MIN_ROWS) return false;
  if (isProse(left) && isProse(right)) return true;
  let shared = 0;
  for (const row of leftRows) if (rightRows.some((other) => Math.abs(other.y - row.y) < 2)) shared++;
  return shared < Math.min(leftRows.length, rightRows.length) * 0.3;
}

/**
 * Determines the reading order of a page. Text across the whole width splits it into bands. A band with a gutter
 * between two bodies of text is read column by column, everything else row by row.
 */
export function orderRegions(segments: Segment[], cuts = 0): Region[] {
  if (segments.length < MIN_ROWS * 2 || cuts >= MAX_CUTS) return segments.length > 0 ? [segments] : [];
  const gutter = findGutter(segments);
  if (!gutter) return [segments];
  const bands: { segments: Segment[]; isSplit: boolean }[] = [];
  for (const segment of [...segments].sort((a, b) => a.y - b.y)) {
    const isSplit = !gutter.crossing.has(segment);
    const last = bands[bands.length - 1];
    if (last && last.isSplit === isSplit) last.segments.push(segment);
    else bands.push({ segments: [segment], isSplit });
  }
  const regions: Region[] = [];
  let found = false;
  // Bands that turn out to be rows are merged with their neighbors to keep paragraphs together.
  let rows: Segment[] = [];
  for (const band of bands) {
    const left = band.segments.filter((segment) => segment.right <= gutter.x + 1);
    const right = band.segments.filter((segment) => segment.right > gutter.x + 1);
    if (!band.isSplit || !areColumns(left, right)) {
      rows.push(...band.segments);
      continue;
    }
    found = true;
    if (rows.length > 0) regions.push(rows);
    rows = [];
    const sides = [orderRegions(left, cuts + 1), orderRegions(right, cuts + 1)];
    const sample = band.segments
      .slice(0, 40)
      .flatMap((segment) => segment.runs.map((run) => run.text))
      .join('');
    if (isRtlText(sample)) sides.reverse();
    regions.push(...sides.flat());
  }
  if (!found) return [segments];
  if (rows.length > 0) regions.push(rows);
  return regions;
}
