import { squeezeText } from './clean-text.ts';
import type { DocumentBuilder } from './document-builder.ts';
import { findFurniture } from './pdf-furniture.ts';
import type { PdfLine } from './pdf-lines.ts';
import type { OutlineEntry } from './pdf-outline.ts';
import { buildBlocks, studyTypography } from './pdf-paragraphs.ts';

/** Content of one page. */
export interface PageContent {
  lines: PdfLine[];
  height: number;
  /** Lines outside the layout, such as vertical writing. */
  loose: string[];
  /** Form fields and notes. */
  notes: string[];
}

function addFurniture(document: DocumentBuilder, lines: readonly PdfLine[]): void {
  for (const line of lines) document.add('paragraph', line.cells.join(' '), { excluded: 'page-furniture' });
}

/** Converts the lines of all pages to blocks. Needs the whole document to detect running heads and letter sizes. */
export function addPages(document: DocumentBuilder, pages: PageContent[], outline: OutlineEntry[]): void {
  const furniture = findFurniture(pages.map((page) => page.lines));
  const kept = pages.map((page) => page.lines.filter((line) => !furniture.has(line)));
  const typography = studyTypography(kept);
  let pending: OutlineEntry[] = outline;
  let section: string | undefined;
  for (const [index, lines] of kept.entries()) {
    const number = index + 1;
    document.page = number;
    const around = (pages[index]?.lines ?? []).filter((line) => furniture.has(line));
    const middle = (pages[index]?.height ?? 0) / 2;
    addFurniture(
      document,
      around.filter(({ y }) => y < middle),
    );
    for (const block of buildBlocks(lines, typography)) {
      const text = squeezeText(block.text);
      const at = pending.findIndex((entry) => entry.page <= number && text.length < 300 && text.endsWith(entry.title));
      const entry = at >= 0 ? pending[at] : undefined;
      if (entry) {
        section = entry.title;
        pending = pending.slice(at + 1);
      }
      document.section = section;
      if (block.cells) document.addRow(block.cells);
      else if (entry) document.add('heading', text, { level: entry.level });
      else document.add(block.kind, block.text, block.level === undefined ? undefined : { level: block.level });
    }
    for (const line of [...(pages[index]?.loose ?? []), ...(pages[index]?.notes ?? [])])
      document.add('paragraph', line);
    addFurniture(
      document,
      around.filter(({ y }) => y >= middle),
    );
    // Titles that were not found in the text apply from the next page on.
    const last = pending.filter((entry) => entry.page <= number).pop();
    if (last) {
      section = last.title;
      pending = pending.slice(pending.indexOf(last) + 1);
    }
  }
  if (furniture.size > 0) {
    const lines = furniture.size === 1 ? '1 line' : `${furniture.size} lines`;
    document.warn(`${lines} of running heads, running feet and page numbers are stored but not searched.`);
  }
}
