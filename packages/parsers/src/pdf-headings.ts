import { isNamedPart, isNamedSection, isShortTitle, isTitleText } from './heading-words.ts';
import type { PdfBlock, PdfTypography } from './pdf-paragraphs.ts';

const NUMBERED = /^(\d{1,2}(?:\.\d{1,2}){0,4})\.? +\p{Lu}/u;
/** A block of running text after a heading. */
const MIN_TEXT = 40;
/** In longer documents, a letter size that few lines have is a cover page or an accident, not a level of headings. */
const LONG_DOCUMENT = 8;
const PAGES_PER_HEADING = 50;
const MAX_LEVEL = 6;

interface Candidate {
  block: PdfBlock;
  numbers: number[];
  isStrong: boolean;
}

/**
 * Sets the headings of a document: numbered lines whose numbers follow one another, short lines in another font before
 * text, and sizes that repeat. Everything else stays text, because a false heading would name all chunks after it.
 */
export function setHeadings(pages: readonly PdfBlock[][], typography: PdfTypography): void {
  demoteRareSizes(pages, typography);
  const base = Math.min(typography.headingSizes.length, 3) + 1;
  const blocks = pages.flat();
  const numbered = findNumbered(blocks, typography);
  const first = numbered.find(({ numbers, block }) => numbers.length === 1 && block.kind === 'heading')?.block.level;
  for (const { block, numbers } of numbered) setLevel(block, (first ?? base) + numbers.length - 1);
  const isNumbered = new Set(numbered.map(({ block }) => block));
  for (const [at, block] of blocks.entries()) {
    if (block.kind === 'heading' || isNumbered.has(block) || !standsOut(blocks, at, typography)) continue;
    setLevel(block, base + (isNamedPart(block.text) ? 0 : isNamedSection(block.text) ? 1 : 2));
  }
}

function setLevel(block: PdfBlock, level: number): void {
  block.kind = 'heading';
  block.level = Math.min(level, MAX_LEVEL);
}

function demoteRareSizes(pages: readonly PdfBlock[][], { headingSizes }: PdfTypography): void {
  if (pages.length <= LONG_DOCUMENT) return;
  const enough = Math.max(2, pages.length / PAGES_PER_HEADING);
  const headings = pages.flat().filter(({ kind }) => kind === 'heading');
  const counts = headingSizes.map((_, at) => headings.filter(({ level }) => level === Math.min(at + 1, 4)).length);
  for (const block of headings) {
    if ((counts[(block.level ?? 1) - 1] ?? 0) >= enough) continue;
    block.kind = 'paragraph';
    delete block.level;
  }
}

function isTitle({ text, lineCount, cells }: PdfBlock): boolean {
  return cells === undefined && lineCount <= 2 && isShortTitle(text);
}

function isInOtherFont({ first }: PdfBlock, { bodyFont, bodySize }: PdfTypography): boolean {
  return first.font !== undefined && first.font !== bodyFont && first.size >= bodySize * 0.95;
}

/** Returns the numbered headings, each with a number that can follow the one before. */
function findNumbered(blocks: readonly PdfBlock[], typography: PdfTypography): Candidate[] {
  const candidates: Candidate[] = [];
  for (const [at, block] of blocks.entries()) {
    const numbers = isTitle(block) ? numbersOf(block) : [];
    if (numbers.length === 0 || isListItem(blocks, at)) continue;
    candidates.push({ block, numbers, isStrong: block.kind === 'heading' || isInOtherFont(block, typography) });
  }
  const strong = candidates.filter(({ isStrong }) => isStrong);
  const chain = followNumbers(strong.length > 0 ? strong : candidates);
  return strong.length > 0 || chain.length > 1 ? chain : [];
}

/** Numbered lines directly below one another, without text between, are a list. */
function isListItem(blocks: readonly PdfBlock[], at: number): boolean {
  const next = blocks[at + 1];
  if (!next || next.kind === 'table-row') return true;
  const own = numbersOf(blocks[at]);
  return [-1, 1].some((step) => {
    const other = numbersOf(blocks[at + step]);
    return own.length === other.length && (other.at(-1) ?? 0) === (own.at(-1) ?? 0) + step;
  });
}

function numbersOf(block: PdfBlock | undefined): number[] {
  return (
    NUMBERED.exec(block?.text ?? '')?.[1]
      ?.split('.')
      .map(Number) ?? []
  );
}

function followNumbers(candidates: readonly Candidate[]): Candidate[] {
  const chain: Candidate[] = [];
  for (const candidate of candidates) {
    const last = chain.at(-1)?.numbers;
    const { numbers, isStrong } = candidate;
    const isFirst = last === undefined && (isStrong || (numbers.length === 1 && (numbers[0] ?? 9) <= 1));
    if (isFirst || (last !== undefined && canFollow(last, numbers))) chain.push(candidate);
  }
  return chain;
}

function canFollow(last: readonly number[], next: readonly number[]): boolean {
  const end = next.length - 1;
  const isSamePrefix = next.slice(0, end).every((number, at) => number === last[at]);
  if (!isSamePrefix) return next.length > 1 && next[0] === (last[0] ?? 0) + 1 && next.slice(1).every((n) => n <= 1);
  const before = last[end];
  // A heading between may have been missed.
  return before === undefined ? (next[end] ?? 9) <= 1 : next[end] === before + 1 || next[end] === before + 2;
}

function standsOut(blocks: readonly PdfBlock[], at: number, typography: PdfTypography): boolean {
  const [block, next] = [blocks[at], blocks[at + 1]];
  if (!block || !next || block.kind === 'list-item' || !isTitle(block) || !isInOtherFont(block, typography))
    return false;
  if (!isTitleText(block.text)) return false;
  if (block.lineCount === 1 && isNamed(block.text) && canFollowName(blocks, at + 1, typography)) return true;
  const isText = next.kind === 'paragraph' && next.text.length >= MIN_TEXT && !isInOtherFont(next, typography);
  return block.lineCount === 1 && block.first.region === next.first.region && isText;
}

function isNamed(text: string): boolean {
  return isNamedPart(text) || isNamedSection(text);
}

/** Below a named part there may be the first section, a table or one short line, but no entry of a table of contents. */
function canFollowName(blocks: readonly PdfBlock[], at: number, typography: PdfTypography): boolean {
  const next = blocks[at] as PdfBlock;
  if (next.cells) return !isNamed(next.cells.join(' ').trim());
  if (isInOtherFont(next, typography)) return !/\d$/.test(next.text) && standsOut(blocks, at, typography);
  return next.kind === 'heading' || !/\d$/.test(next.text);
}
