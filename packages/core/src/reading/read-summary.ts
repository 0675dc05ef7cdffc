import type { Document } from '@lorebox/contract/document';
import type { Stores } from '../core.ts';
import { readRanges, type UnnumberedPassage } from './read-document.ts';

/**
 * The most detailed level of the summary that fits. Each passage is the range of the text that a node summarizes, so that
 * a citation leads to the text itself. Null if there is no complete summary, or none that fits.
 */
export async function readSummary(
  { documents, summaries }: Pick<Stores, 'documents' | 'summaries'>,
  document: Document,
  fits: (summaries: readonly string[]) => boolean,
): Promise<{ passages: UnnumberedPassage[]; summaries: string[] } | null> {
  if (document.summaryState !== 'complete') return null;
  const nodes = await summaries.list(document.id);
  const levels = [...new Set(nodes.map(({ level }) => level))].sort((a, b) => a - b);
  for (const level of levels) {
    const chosen = nodes.filter((node) => node.level === level);
    const texts = chosen.map(({ text }) => text);
    if (!fits(texts)) continue;
    const ranges = chosen.map(({ start, end }) => ({ start, end }));
    const passages = await readRanges(documents, document, ranges);
    return { passages, summaries: texts };
  }
  return null;
}
