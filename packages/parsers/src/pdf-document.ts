import type { DocumentBuilder } from './document-builder.ts';
import { isGarbled } from './is-language.ts';
import { findFurniture } from './pdf-furniture.ts';
import { setHeadings } from './pdf-headings.ts';
import type { PdfLine } from './pdf-lines.ts';
import type { OutlineEntry } from './pdf-outline.ts';
import { buildBlocks, type PdfBlock, studyTypography } from './pdf-paragraphs.ts';
import { SectionTracker } from './pdf-sections.ts';
import { findTitle, isOwnTitle } from './pdf-title.ts';

/** Content of one page. */
export interface PageContent {
  lines: PdfLine[];
  height: number;
  /** Lines outside the layout, such as vertical writing. */
  loose: string[];
  /** Form fields and notes. */
  notes: string[];
  /** Recognized with too little confidence to be searched. */
  isUncertain?: boolean;
}

/** Converts the lines of all pages to blocks. Needs the whole document to detect running heads and letter sizes. */
export function addPages(document: DocumentBuilder, pages: PageContent[], outline: OutlineEntry[]): void {
  const furniture = findFurniture(pages.map((page) => page.lines));
  const kept = pages.map((page) => page.lines.filter((line) => !furniture.has(line)));
  const typography = studyTypography(kept);
  const blocks = kept.map((lines) => buildBlocks(lines, typography));
  setHeadings(blocks, typography);
  const first = blocks[0] ?? [];
  const firstTexts = blocks.slice(0, 2).flatMap((page) => page.map(({ text, cells }) => cells?.join(' ') ?? text));
  if (document.title && !isOwnTitle(document.title, firstTexts.join('\n'))) document.title = undefined;
  document.title ??= findTitle(first, typography.bodySize);
  const sections = new SectionTracker(outline);
  let garbled = 0;
  for (const [index, page] of pages.entries()) {
    document.page = index + 1;
    document.excluded = page.isUncertain ? 'low-confidence' : undefined;
    const running = page.lines.filter((line) => furniture.has(line));
    addFurniture(
      document,
      running.filter(({ y }) => y < page.height / 2),
    );
    const entries = sections.locate(index + 1, blocks[index] ?? []);
    for (const block of blocks[index] ?? []) {
      sections.enter(block);
      const entry = entries.get(block);
      document.section = sections.current;
      if (block.cells) document.addRow(block.cells);
      else if (entry) document.add('heading', block.text, { level: entry.level });
      else if (!addText(document, block, sections.level)) garbled++;
    }
    for (const line of [...page.loose, ...page.notes]) document.add('paragraph', line);
    addFurniture(
      document,
      running.filter(({ y }) => y >= page.height / 2),
    );
  }
  document.excluded = undefined;
  if (garbled > 0) {
    const passages = garbled === 1 ? '1 passage has' : `${garbled} passages have`;
    document.warn(`${passages} no readable letters in the file, so they are stored but not searched.`);
  }
  if (furniture.size > 0) {
    const lines = furniture.size === 1 ? '1 line' : `${furniture.size} lines`;
    document.warn(`${lines} of running heads, running feet and page numbers are stored but not searched.`);
  }
}

function addFurniture(document: DocumentBuilder, lines: readonly PdfLine[]): void {
  for (const line of lines) document.add('paragraph', line.cells.join(' '), { excluded: 'page-furniture' });
}

/**
 * Headings that are no bookmark are below the bookmark they follow. Text in a font without a table of its letters is
 * kept out of searches. Returns false for it.
 */
function addText(document: DocumentBuilder, { kind, text, level }: PdfBlock, sectionLevel: number): boolean {
  if (isGarbled(text)) {
    document.add('paragraph', text, { excluded: 'low-confidence' });
    return false;
  }
  document.add(kind, text, level === undefined ? undefined : { level: Math.min(sectionLevel + level, 6) });
  return true;
}
