import { isNamedPart, isNamedSection, isTitleText } from './heading-words.ts';
import type { HtmlBlock } from './html-block.ts';

/** A page with this many headings of its own needs no others. */
const ENOUGH_HEADINGS = 3;
const MIN_TEXT = 40;

/**
 * Makes headings of short bold paragraphs before text, for pages that have none: reports saved from a word processor,
 * and filings.
 */
export function setBoldHeadings(blocks: readonly HtmlBlock[]): void {
  if (blocks.filter(({ kind }) => kind === 'heading').length >= ENOUGH_HEADINGS) return;
  const titles = blocks.filter((_, at) => isTitle(blocks, at));
  const isNamed = titles.some(({ text }) => isNamedPart(text) || isNamedSection(text));
  for (const block of titles) {
    block.kind = 'heading';
    block.level = isNamedPart(block.text) ? 1 : isNamedSection(block.text) || !isNamed ? 2 : 3;
  }
}

function isTitle(blocks: readonly HtmlBlock[], at: number): boolean {
  const [block, next] = [blocks[at], blocks[at + 1]];
  if (!block || !next || !isBoldLine(block)) return false;
  const isNamed = isNamedPart(block.text) || isNamedSection(block.text);
  // Entries of a table of contents end with the number of a page.
  if (/\d$/.test(block.text) && !isNamedPart(block.text)) return false;
  if (isNamed && isBoldLine(next)) return isTitle(blocks, at + 1);
  if (next.kind === 'table-row') return isNamed;
  return next.isBold !== true && (isNamed || (next.kind === 'paragraph' && next.text.length >= MIN_TEXT));
}

function isBoldLine({ kind, text, isBold }: HtmlBlock): boolean {
  return kind === 'paragraph' && isBold === true && !text.includes('\n') && isTitleText(text);
}
