import type { BlockKind } from './document-builder.ts';
import type { PdfLine } from './pdf-lines.ts';

export interface PdfBlock {
  kind: BlockKind;
  text: string;
  cells?: string[];
  level?: number;
}

const LIST_MARK = /^(?:[•◦▪▫●○■□‣⁃–—*-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s+\S/i;
const BULLET = /^[•◦▪▫●○■□‣⁃]/;
const CJK = /[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]/;

/** Properties of the whole document that classify single lines. */
export interface PdfTypography {
  bodySize: number;
  /** Letter sizes clearly larger than the body text, largest first. */
  headingSizes: number[];
  /** Words written with a hyphen inside a line, which keep it at a line end. */
  hyphenated: Set<string>;
}

export function studyTypography(pages: PdfLine[][]): PdfTypography {
  const letters = new Map<number, number>();
  const hyphenated = new Set<string>();
  for (const line of pages.flat()) {
    const size = Math.round(line.size * 2) / 2;
    const text = line.cells.join(' ');
    letters.set(size, (letters.get(size) ?? 0) + text.length);
    for (const word of text.match(/(?<!\p{L})\p{L}+-\p{L}+/gu) ?? []) hyphenated.add(word.toLowerCase());
  }
  let bodySize = 10;
  let most = 0;
  for (const [size, count] of letters) {
    if (count > most) {
      most = count;
      bodySize = size;
    }
  }
  const headingSizes: number[] = [];
  for (const size of [...letters.keys()].sort((a, b) => b - a)) {
    if (size < bodySize * 1.14) break;
    if (headingSizes.length === 0 || size < (headingSizes[headingSizes.length - 1] as number) * 0.95)
      headingSizes.push(size);
  }
  return { bodySize, headingSizes, hyphenated };
}

/** Appends a line to the preceding text: no space in CJK, no hyphen where a word was only broken. */
function appendLine(text: string, line: string, hyphenated: Set<string>): string {
  if (text === '') return line;
  const end = text[text.length - 1] as string;
  const start = line[0] ?? '';
  if (CJK.test(end) && CJK.test(start)) return text + line;
  if (end === '\u00ad') return text.slice(0, -1) + line;
  if ((end === '-' || end === '‐') && /\p{L}.$/u.test(text.slice(-3)) && /^\p{Ll}/u.test(line)) {
    const before = /(?<!\p{L})\p{L}+(?=.$)/u.exec(text.slice(-40))?.[0] ?? '';
    const after = /^\p{L}+/u.exec(line.slice(0, 40))?.[0] ?? '';
    return hyphenated.has(`${before}-${after}`.toLowerCase()) ? text + line : text.slice(0, -1) + line;
  }
  return `${text} ${line}`;
}

function startsParagraph(line: PdfLine, previous: PdfLine, leading: number): boolean {
  if (line.region !== previous.region) return true;
  const gap = line.y - previous.y;
  if (gap > leading * 1.3 || gap < 0) return true;
  if (Math.abs(line.size - previous.size) > Math.max(line.size, previous.size) * 0.12) return true;
  if (LIST_MARK.test(line.cells[0] ?? '')) return true;
  const width = line.edges[1] - line.edges[0];
  const isIndented = line.left > previous.left + line.size * 0.8 && previous.left < line.edges[0] + line.size;
  const endsShort =
    previous.right < line.edges[1] - width * 0.15 && /[.!?:;。！？」”"）)]$/.test(previous.cells[0] ?? '');
  return endsShort || (isIndented && /[.!?:。！？]$/.test(previous.cells[0] ?? ''));
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
    const level = headingLevel(open.text, open.lines, typography);
    if (BULLET.test(open.text)) blocks.push({ kind: 'list-item', text: `- ${open.text.slice(1).trim()}` });
    else if (level !== undefined) blocks.push({ kind: 'heading', text: open.text, level });
    else blocks.push({ kind: LIST_MARK.test(open.text) ? 'list-item' : 'paragraph', text: open.text });
    open = undefined;
  };
  for (const line of lines) {
    if (line.isTable) {
      flush();
      blocks.push({ kind: 'table-row', text: '', cells: line.cells });
      continue;
    }
    const previous = open?.lines[open.lines.length - 1];
    const usual = Math.max(leading, line.size > typography.bodySize * 1.14 ? line.size * 1.25 : 0);
    if (open && previous && !startsParagraph(line, previous, usual)) {
      open.lines.push(line);
      open.text = appendLine(open.text, line.cells[0] ?? '', typography.hyphenated);
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
