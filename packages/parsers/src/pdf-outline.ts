import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { squeezeText } from './clean-text.ts';

export interface OutlineEntry {
  title: string;
  /** 1-based. */
  page: number;
  level: number;
}

interface OutlineItem {
  title: string;
  dest: string | unknown[] | null;
  items: OutlineItem[];
}

const MAX_ENTRIES = 2000;

/** Returns the bookmarks with their pages, in order. Ignores a broken outline. */
export async function readOutline(pdf: PDFDocumentProxy): Promise<OutlineEntry[]> {
  const entries: OutlineEntry[] = [];
  try {
    const top = ((await pdf.getOutline()) ?? []) as OutlineItem[];
    const stack = top.map((item) => ({ item, level: 1 })).reverse();
    for (let next = stack.pop(); next && entries.length < MAX_ENTRIES; next = stack.pop()) {
      const { item, level } = next;
      const page = await pageOf(pdf, item.dest);
      const title = squeezeText(item.title);
      if (page !== undefined && title) entries.push({ title, page, level: Math.min(level, 6) });
      if (level < 8)
        for (const child of [...(item.items ?? [])].reverse()) stack.push({ item: child, level: level + 1 });
    }
  } catch {
    return entries;
  }
  return entries;
}

async function pageOf(pdf: PDFDocumentProxy, dest: OutlineItem['dest']): Promise<number | undefined> {
  try {
    const target = typeof dest === 'string' ? await pdf.getDestination(dest) : dest;
    const reference = target?.[0];
    if (typeof reference === 'number') return reference + 1;
    if (!reference || typeof reference !== 'object') return undefined;
    return (await pdf.getPageIndex(reference as { num: number; gen: number })) + 1;
  } catch {
    return undefined;
  }
}
