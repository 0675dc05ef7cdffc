import type { BlockKind } from './document-builder.ts';
import { joinLines, KnownWords } from './join-lines.ts';
import type { PdfLine } from './pdf-lines.ts';

export interface PdfBlock {
  kind: BlockKind;
  text: string;
  cells?: string[];
  level?: number;
  first: PdfLine;
  lineCount: number;
}

const LIST_MARK = /^(?:[•◦▪▫●○■□‣⁃–—*-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s+\S/i;
const BULLET = /^[•◦▪▫●○■□‣⁃]/;

/** Properties of the whole document that classify single lines. */
export interface PdfTypography {
  bodySize: number;
  /** Letter sizes clearly larger than the body text, largest first. */
  headingSizes: number[];
  /** Font of most letters. Undefined for OCR. */
  bodyFont: string | undefined;
  words: KnownWords;
}

export function studyTypography(pages: PdfLine[][]): PdfTypography {
  const sizes = new Map<number, number>();
  const fonts = new Map<string, number>();
  for (const line of pages.flat()) {
    const letters = line.cells.reduce((sum, cell) => sum + cell.length, 0);
    const size = Math.round(line.size * 2) / 2;
    sizes.set(size, (sizes.get(size) ?? 0) + letters);
    if (line.font !== undefined) fonts.set(line.font, (fonts.get(line.font) ?? 0) + letters);
  }
  const bodySize = mostOf(sizes) ?? 10;
  const headingSizes: number[] = [];
  for (const size of [...sizes.keys()].sort((a, b) => b - a)) {
    if (size < bodySize * 1.14) break;
    if (headingSizes.length === 0 || size < (headingSizes[headingSizes.length - 1] as number) * 0.95)
      headingSizes.push(size);
  }
  return { bodySize, headingSizes, bodyFont: mostOf(fonts), words: new KnownWords(() => cellsOf(pages)) };
}

function* cellsOf(pages: PdfLine[][]): Generator<string> {
  for (const lines of pages) for (const { cells } of lines) yield* cells;
}

function mostOf<Key>(counts: Map<Key, number>): Key | undefined {
  return [...counts].reduce<[Key, number] | undefined>(
    (most, entry) => (most && most[1] >= entry[1] ? most : entry),
    undefined,
  )?.[0];
}

function startsParagraph(line: PdfLine, previous: PdfLine, leading: number): boolean {
  if (line.region !== previous.region) return true;
  const gap = line.y - previous.y;
  if (gap > leading * 1.3 || gap < 0) return true;
  if (Math.abs(line.size - previous.size) > Math.max(line.size, previous.size) * 0.12) return true;
  if (line.font !== previous.font && (isTitleLike(line) || isTitleLike(previous))) return true;
  if (LIST_MARK.test(line.cells[0] ?? '')) return true;
  const width = line.edges[1] - line.edges[0];
  const isIndented = line.left > previous.left + line.size * 0.8 && previous.left < line.edges[0] + line.size;
  const endsShort =
    previous.right < line.edges[1] - width * 0.15 && /[.!?:;。！？」”"）)]$/.test(previous.cells[0] ?? '');
  return endsShort || (isIndented && /[.!?:。！？]$/.test(previous.cells[0] ?? ''));
}

/** A line that ends early, although the next word would have fit: an address, or a list of values. */
function isLineBreak(line: PdfLine, next: PdfLine): boolean {
  const width = line.edges[1] - line.edges[0];
  const text = next.cells[0] ?? '';
  const firstWord = ((text.search(/\s|$/) + 1) / Math.max(1, text.length)) * (next.right - next.left);
  const isShort = line.right - line.left < width * 0.6 && next.right - next.left < width * 0.6;
  return isShort && !/[-‐\u00ad]$/.test(line.cells[0] ?? '') && line.right + firstWord * 1.2 < line.edges[1];
}

/** A short line in one font that may be a heading beside text in another font. */
function isTitleLike(line: PdfLine): boolean {
  const text = line.cells[0] ?? '';
  return (
    line.font !== undefined &&
    line.right - line.left < (line.edges[1] - line.edges[0]) * 0.8 &&
    /^[\p{Lu}\d]/u.test(text) &&
    !/[.,;:]$/.test(text)
  );
}

function usualLeading(lines: PdfLine[], fallback: number): number {
  const gaps: number[] = [];
  for (let index = 1; index < lines.length; index++) {
    const [above, below] = [lines[index - 1] as PdfLine, lines[index] as PdfLine];
    const gap = below.y - above.y;
    if (above.region === below.region && gap > 0 && gap < below.size * 2.5) gaps.push(gap);
  }
  gaps.sort((a, b) => a - b);
  // Uses the lower quartile, so that loose spacing between paragraphs is not taken for the usual one.
  return gaps[Math.floor(gaps.length / 4)] ?? fallback;
}

/** Builds the blocks of one page from its lines in reading order. */
export function buildBlocks(lines: PdfLine[], typography: PdfTypography): PdfBlock[] {
  const blocks: PdfBlock[] = [];
  const leading = usualLeading(lines, typography.bodySize * 1.25);
  let open: { lines: PdfLine[]; text: string } | undefined;
  const flush = () => {
    const first = open?.lines[0];
    if (!open || !first) return;
    const shape = { first, lineCount: open.lines.length };
    const level = headingLevel(open.text, open.lines, typography);
    if (BULLET.test(open.text)) blocks.push({ kind: 'list-item', text: `- ${open.text.slice(1).trim()}`, ...shape });
    else if (level !== undefined)
      blocks.push({ kind: 'heading', text: open.text.replaceAll('\n', ' '), level, ...shape });
    else blocks.push({ kind: LIST_MARK.test(open.text) ? 'list-item' : 'paragraph', text: open.text, ...shape });
    open = undefined;
  };
  const unwrap = (cell: string) => cell.split('\n').reduce((text, line) => joinLines(text, line, typography.words), '');
  for (const line of lines) {
    if (line.isTable) {
      flush();
      blocks.push({ kind: 'table-row', text: '', cells: line.cells.map(unwrap), first: line, lineCount: 1 });
      continue;
    }
    const previous = open?.lines[open.lines.length - 1];
    const usual = Math.max(leading, line.size > typography.bodySize * 1.14 ? line.size * 1.25 : 0);
    if (open && previous && !startsParagraph(line, previous, usual)) {
      open.lines.push(line);
      const text = line.cells[0] ?? '';
      open.text = isLineBreak(previous, line) ? `${open.text}\n${text}` : joinLines(open.text, text, typography.words);
    } else {
      flush();
      open = { lines: [line], text: line.cells[0] ?? '' };
    }
  }
  flush();
  return blocks;
}

function headingLevel(text: string, lines: PdfLine[], typography: PdfTypography): number | undefined {
  const size = lines[0]?.size ?? 0;
  if (lines.length > 3 || text.length > 200 || !/\p{L}{2}/u.test(text) || size < typography.bodySize * 1.14)
    return undefined;
  const rank = typography.headingSizes.findIndex((heading) => size > heading * 0.95 - 0.25);
  return rank < 0 ? undefined : Math.min(rank + 1, 4);
}
