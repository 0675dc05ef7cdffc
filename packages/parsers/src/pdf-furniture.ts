import type { PdfLine } from './pdf-lines.ts';

/** Lines of running text are at the same height on each page. */
const MAX_DRIFT = 6;
const MIN_PAGES = 3;
/** Larger numbers that count up are serial numbers. */
const MAX_PAGE_NUMBER = 10_000;

const NUMBER = /\d+/g;
/** A page number alone, with the number of pages or between dashes. `#` stands for the number. */
const PAGE_NUMBER =
  /^[-–—| ]{0,20}(?:page|p\.|seite|página|pagina|pag\.|side|sida|strona|стр\.?|第)? ?#(?: ?(?:\/|of|von|de|di|sur|av|из) ?\d{1,6})?(?: ?页)?[-–—| ]{0,20}$/iu;
/** What a number after it belongs to: "Invoice no. 7". */
const LABEL = /(?:[:#№]|\bno\.?|\bnr\.?|\bnum(?:ber|mer|éro)?\.?)\s*$/i;

interface Occurrence {
  page: number;
  line: PdfLine;
}

/**
 * Returns the running heads, running feet and page numbers, which would split sentences at every page. A line is one
 * only if its whole text repeats, or if its page number counts up with the pages. The first of a repeated text is not
 * included, because it may be the only place with the title.
 */
export function findFurniture(pages: readonly PdfLine[][]): Set<PdfLine> {
  const furniture = new Set<PdfLine>();
  if (pages.length < MIN_PAGES) return furniture;
  const repeated = new Map<string, Occurrence[]>();
  const counting = new Map<string, Occurrence[]>();
  for (const [index, lines] of pages.entries()) {
    for (const line of lines.filter((candidate, at) => isCandidate(candidate, lines, at))) {
      const occurrence = { page: index + 1, line };
      push(repeated, textOf(line), occurrence);
      for (const { key, offset } of readPageNumbers(line, index + 1)) push(counting, `${key}\n${offset}`, occurrence);
    }
  }
  const enough = Math.max(MIN_PAGES, pages.length * 0.25);
  for (const occurrences of repeated.values()) {
    const level = onOneLevel(occurrences);
    if (countPages(level) >= enough) for (const { line } of level.slice(1)) furniture.add(line);
  }
  for (const occurrences of counting.values()) {
    const level = onOneLevel(occurrences);
    if (countPages(level) >= MIN_PAGES) for (const { line } of level) furniture.add(line);
  }
  return furniture;
}

/** The header row of a table that continues on each page is part of the table. */
function isCandidate(line: PdfLine, lines: readonly PdfLine[], at: number): boolean {
  return line.isMarginal && !(line.isTable && (lines[at + 1]?.isTable || lines[at - 1]?.isTable));
}

function textOf(line: PdfLine): string {
  return line.cells.join(' ').replace(/\s+/g, ' ').trim();
}

/** Returns the numbers of a line that may be its page number, with the rest of the line as key. */
function readPageNumbers(line: PdfLine, page: number): { key: string; offset: number }[] {
  const found: { key: string; offset: number }[] = [];
  // Beside other text, a page number is set apart by a wide gap or a sign.
  const pieces = line.pieces.flatMap((piece) => piece.split(/ [|•·–—] /));
  for (const [index, piece] of pieces.entries()) {
    if (LABEL.test(pieces[index - 1] ?? '')) continue;
    const around = pieces.with(index, '\n').join(' ');
    for (const hit of piece.matchAll(NUMBER)) {
      const key = `${piece.slice(0, hit.index)}#${piece.slice(hit.index + hit[0].length)}`;
      const number = Number(hit[0]);
      if (number <= MAX_PAGE_NUMBER && PAGE_NUMBER.test(key)) found.push({ key: around + key, offset: number - page });
    }
    const roman = /^[-– ]*([ivxl]{1,7})[-– ]*$/.exec(piece)?.[1];
    if (roman) found.push({ key: `${around}roman`, offset: readRoman(roman) - page });
  }
  return found;
}

function readRoman(text: string): number {
  const values: Record<string, number> = { i: 1, v: 5, x: 10, l: 50 };
  const digits = [...text].map((letter) => values[letter] ?? 0);
  return digits.reduce((sum, value, at) => sum + (value < (digits[at + 1] ?? 0) ? -value : value), 0);
}

/** Keeps the occurrences at the height of most of them. */
function onOneLevel(occurrences: readonly Occurrence[]): Occurrence[] {
  const heights = occurrences.map(({ line }) => line.y).sort((a, b) => a - b);
  const usual = heights[heights.length >> 1] ?? 0;
  return occurrences.filter(({ line }) => Math.abs(line.y - usual) <= MAX_DRIFT);
}

function countPages(occurrences: readonly Occurrence[]): number {
  return new Set(occurrences.map(({ page }) => page)).size;
}

function push(groups: Map<string, Occurrence[]>, key: string, occurrence: Occurrence): void {
  const group = groups.get(key);
  if (group) group.push(occurrence);
  else groups.set(key, [occurrence]);
}
