import type { OutlineEntry } from './pdf-outline.ts';
import type { PdfBlock } from './pdf-paragraphs.ts';

const MAX_TITLE_LENGTH = 300;

/** Follows the bookmarks of a PDF through its blocks in reading order. */
export class SectionTracker {
  /** Path of the bookmark that applies to the block at hand. */
  current: string | undefined;
  /** Level of that bookmark, 0 before the first. */
  level = 0;
  private readonly byPage = new Map<number, OutlineEntry[]>();
  private readonly path: OutlineEntry[] = [];
  private applied: Map<PdfBlock, OutlineEntry[]> = new Map();

  constructor(outline: readonly OutlineEntry[]) {
    for (const entry of outline) {
      const entries = this.byPage.get(entry.page);
      if (entries) entries.push(entry);
      else this.byPage.set(entry.page, [entry]);
    }
  }

  /** Returns the blocks of a page that are the titles of its bookmarks. Call `enter` with each block of the page. */
  locate(page: number, blocks: readonly PdfBlock[]): Map<PdfBlock, OutlineEntry> {
    const titles = new Map<PdfBlock, OutlineEntry>();
    this.applied = new Map();
    let from = 0;
    for (const entry of this.byPage.get(page) ?? []) {
      const wanted = comparable(entry.title);
      const titleAt = blocks.findIndex((block, at) => at >= from && isTitleOf(block, wanted));
      const at = titleAt >= 0 ? titleAt : findBelow(blocks, entry.y, from);
      const block = blocks[at];
      if (titleAt >= 0 && block) titles.set(block, entry);
      from = Math.max(from, at);
      // A bookmark below all text of its page applies from the next page on.
      if (block) push(this.applied, block, entry);
      else this.carry(page + 1, entry);
    }
    return titles;
  }

  enter(block: PdfBlock): void {
    for (const entry of this.applied.get(block) ?? []) {
      while ((this.path.at(-1)?.level ?? 0) >= entry.level) this.path.pop();
      this.path.push(entry);
      this.current = this.path.map(({ title }) => title).join(' > ');
      this.level = entry.level;
    }
  }

  private carry(page: number, entry: OutlineEntry): void {
    const next = this.byPage.get(page) ?? [];
    this.byPage.set(page, [{ ...entry, page, y: undefined }, ...next]);
  }
}

function isTitleOf(block: PdfBlock, wanted: string): boolean {
  if (block.cells || block.text.length > MAX_TITLE_LENGTH || wanted === '') return false;
  return comparable(block.text) === wanted;
}

/** Bookmarks and headings differ in case, numbering and spaces. */
function comparable(title: string): string {
  const text = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return text.replace(/^(?:(?:\d+|[ivx]+|chapter|section|part|kapitel|teil) )+/, '') || text;
}

/** Returns the index of the first block at or below a height, in reading order. */
function findBelow(blocks: readonly PdfBlock[], y: number | undefined, from: number): number {
  if (y === undefined) return from;
  const at = blocks.findIndex(({ first }, index) => index >= from && first.y >= y - 1);
  return at < 0 ? blocks.length : at;
}

function push(applied: Map<PdfBlock, OutlineEntry[]>, block: PdfBlock, entry: OutlineEntry): void {
  const entries = applied.get(block);
  if (entries) entries.push(entry);
  else applied.set(block, [entry]);
}
