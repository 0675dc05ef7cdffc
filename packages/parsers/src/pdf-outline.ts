import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { squeezeText } from './clean-text.ts';

export interface OutlineEntry {
  title: string;
  /** 1-based. */
  page: number;
  level: number;
  /** Height of the target on the page in points from the top. Undefined for the whole page. */
  y: number | undefined;
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
      const target = await targetOf(pdf, item.dest);
      const title = squeezeText(item.title);
      if (target && title) entries.push({ title, ...target, level: Math.min(level, 6) });
      if (level < 8)
        for (const child of [...(item.items ?? [])].reverse()) stack.push({ item: child, level: level + 1 });
    }
  } catch {
    return entries;
  }
  return entries;
}

async function targetOf(
  pdf: PDFDocumentProxy,
  dest: OutlineItem['dest'],
): Promise<Pick<OutlineEntry, 'page' | 'y'> | undefined> {
  try {
    const target = typeof dest === 'string' ? await pdf.getDestination(dest) : dest;
    const reference = target?.[0];
    if (typeof reference === 'number') return { page: reference + 1, y: await heightOf(pdf, reference + 1, target) };
    if (!reference || typeof reference !== 'object') return undefined;
    const page = (await pdf.getPageIndex(reference as { num: number; gen: number })) + 1;
    return { page, y: await heightOf(pdf, page, target) };
  } catch {
    return undefined;
  }
}

/** Destinations are [page, /XYZ, left, top, zoom], [page, /FitH, top] and similar. */
async function heightOf(
  pdf: PDFDocumentProxy,
  number: number,
  target: readonly unknown[] | null | undefined,
): Promise<number | undefined> {
  const name = (target?.[1] as { name?: string } | undefined)?.name ?? '';
  const top = name === 'XYZ' ? target?.[3] : name === 'FitH' || name === 'FitBH' ? target?.[2] : target?.[5];
  if (typeof top !== 'number') return undefined;
  const page = await pdf.getPage(number);
  const [, y] = page.getViewport({ scale: 1 }).convertToViewportPoint(0, top) as [number, number];
  return page.rotate % 180 === 0 ? y : undefined;
}
