import type { TextRun } from './pdf-runs.ts';
import { appendLowered, appendRaised } from './raised-text.ts';

/** Adjacent runs on one line without a wide gap: a line of a column, or a table cell. */
export interface Segment {
  runs: TextRun[];
  left: number;
  right: number;
  y: number;
  size: number;
}

/** Gaps wider than this multiple of the letter size separate cells and columns, not words. */
const WIDE_GAP = 1.1;

function joins(segment: Segment, run: TextRun): boolean {
  const size = Math.max(segment.size, run.size);
  if (Math.abs(segment.y - run.y) > size * 0.5) return false;
  // Superscripts and subscripts may overlap. Other text that far off the baseline is another line.
  if (Math.abs(segment.y - run.y) > size * 0.2 && Math.min(segment.size, run.size) > size * 0.9) return false;
  const gap = run.isRtl && run.right <= segment.left + size * 0.3 ? segment.left - run.right : run.left - segment.right;
  return gap < size * WIDE_GAP && gap > -Math.max(size, (segment.right - segment.left) * 0.5);
}

export function buildSegments(runs: TextRun[]): Segment[] {
  const segments: Segment[] = [];
  let open: Segment | undefined;
  for (const run of runs) {
    if (open && joins(open, run)) {
      open.runs.push(run);
      open.left = Math.min(open.left, run.left);
      open.right = Math.max(open.right, run.right);
      if (run.size > open.size * 1.1) {
        open.size = run.size;
        open.y = run.y;
      }
    } else {
      open = { runs: [run], left: run.left, right: run.right, y: run.y, size: run.size };
      segments.push(open);
    }
  }
  return segments;
}

/** Segments on one baseline, from left to right. */
export interface Row {
  segments: Segment[];
  y: number;
  size: number;
}

export function buildRows(segments: Segment[]): Row[] {
  const rows: Row[] = [];
  for (const segment of [...segments].sort((a, b) => a.y - b.y || a.left - b.left)) {
    const row = rows[rows.length - 1];
    if (row && Math.abs(row.y - segment.y) < Math.min(row.size, segment.size) * 0.45) {
      row.segments.push(segment);
      if (segment.size > row.size) Object.assign(row, { size: segment.size, y: segment.y });
    } else rows.push({ segments: [segment], y: segment.y, size: segment.size });
  }
  for (const row of rows) row.segments = mergeClose(row.segments.sort((a, b) => a.left - b.left));
  return rows;
}

/** Merges segments that were drawn at different times but are close together. */
function mergeClose(segments: Segment[]): Segment[] {
  const merged: Segment[] = [];
  for (const segment of segments) {
    const last = merged[merged.length - 1];
    const gap = last ? segment.left - last.right : 0;
    if (last && (gap < Math.max(last.size, segment.size) * WIDE_GAP || belongsToNumber(last, segment, gap))) {
      merged[merged.length - 1] = {
        runs: [...last.runs, ...segment.runs],
        left: last.left,
        right: Math.max(last.right, segment.right),
        y: last.y,
        size: Math.max(last.size, segment.size),
      };
    } else merged.push(segment);
  }
  return merged;
}

/** Financial statements set the currency and the closing bracket of a number apart from it. */
function belongsToNumber(left: Segment, right: Segment, gap: number): boolean {
  const size = Math.max(left.size, right.size);
  const before = plainText(left);
  const after = plainText(right);
  if (/^[$€£¥]\s*\(?$/.test(before)) return gap < size * 10 && /^[(\d—–-]/.test(after);
  return /^[)%]+$/.test(after) && gap < size * 2 && /\d$/.test(before);
}

function plainText({ runs }: Segment): string {
  return runs
    .map(({ text }) => text)
    .join('')
    .trim();
}

const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/g;
const LTR = /[A-Za-z\u00c0-\u024f\u0370-\u052f]/g;

export function isRtlText(text: string): boolean {
  return (text.match(RTL)?.length ?? 0) > (text.match(LTR)?.length ?? 0);
}

/** Returns the text of a segment in reading order. */
export function segmentText(segment: Segment): string {
  let { runs } = segment;
  const isRtl = runs.length > 1 && isRtlText(runs.map((run) => run.text).join(''));
  if (isRtl) runs = orderRtl(runs);
  let text = '';
  let previous: TextRun | undefined;
  for (const [index, run] of runs.entries()) {
    const shift = isRtl ? 'none' : shiftOf(run, segment);
    if (shift !== 'none') {
      // The runs of one exponent are raised together.
      const isContinued = previous !== undefined && shiftOf(previous, segment) === shift;
      if (isContinued) continue;
      const shifted = collectShifted(runs, index, segment, shift);
      const next = runs.slice(index).find((other) => shiftOf(other, segment) !== shift);
      if (next && /^\s*[/⁄]/.test(next.text)) text += /\d$/.test(text) ? ` ${shifted}` : shifted;
      else if (shift === 'lowered' || text !== '')
        text = shift === 'raised' ? appendRaised(text, shifted) : appendLowered(text, shifted);
      else text += shifted;
      previous = run;
      continue;
    }
    if (previous) {
      const gap = run.left >= previous.left ? run.left - previous.right : previous.left - run.right;
      if (run.spaced || gap > Math.min(run.size, previous.size) * 0.18) text += ' ';
    }
    text += run.text;
    previous = run;
  }
  // Financial statements set the closing bracket of a negative number apart.
  const plain = text
    .replace(/\s+/g, ' ')
    .replace(/(\([\d.,]{1,20}) \)/g, '$1)')
    .trim();
  return joinSpacedLetters(plain);
}

type Shift = 'raised' | 'lowered' | 'none';

function shiftOf(run: TextRun, { size, y }: Segment): Shift {
  if (run.size > size * 0.85) return 'none';
  if (run.y < y - size * 0.15) return 'raised';
  return run.y > y + size * 0.06 ? 'lowered' : 'none';
}

function collectShifted(runs: readonly TextRun[], from: number, segment: Segment, shift: Shift): string {
  let text = '';
  for (let index = from; index < runs.length; index++) {
    const run = runs[index] as TextRun;
    if (shiftOf(run, segment) !== shift) break;
    text += (run.spaced && index > from ? ' ' : '') + run.text;
  }
  return text;
}

const SPACED_LETTERS = /(?<!\S)(?:\p{L} ){4,}\p{L}(?!\S)/gu;

/** Joins a word whose letters are set apart. Letters in alphabetical order are a list. */
function joinSpacedLetters(text: string): string {
  return text.replace(SPACED_LETTERS, (spaced) => {
    const letters = spaced.split(' ');
    const isList = letters.every((letter, at) => at === 0 || letter > (letters[at - 1] ?? ''));
    return isList ? spaced : letters.join('');
  });
}

/** Orders runs from right to left, but keeps the direction of numbers and Latin words. */
function orderRtl(runs: TextRun[]): TextRun[] {
  const sorted = [...runs].sort((a, b) => b.right - a.right);
  const ordered: TextRun[] = [];
  let latin: TextRun[] = [];
  for (const run of sorted) {
    if (run.isRtl) {
      ordered.push(...latin.reverse(), run);
      latin = [];
    } else latin.push(run);
  }
  ordered.push(...latin.reverse());
  return ordered;
}
