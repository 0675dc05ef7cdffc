import type { PassageCitation } from '../chat/passage.ts';
import type { Stores } from '../core.ts';
import { listAllChunks } from './read-document.ts';

/** Gives citations the page, section and time of the place that they were narrowed to. Passages may span several. */
export async function locateCitations(
  { documents }: Pick<Stores, 'documents'>,
  citations: readonly PassageCitation[],
): Promise<PassageCitation[]> {
  const ids = [...new Set(citations.map(({ documentId }) => documentId))];
  const lists = await Promise.all(ids.map(async (id) => [id, await listAllChunks(documents, id)] as const));
  const chunks = new Map(lists);
  return citations.map((citation) => {
    const chunk = chunks.get(citation.documentId)?.findLast(({ start }) => start <= citation.start);
    if (!chunk) return citation;
    const { id: chunkId, page, section, startTime, endTime } = chunk;
    return { ...citation, chunkId, page, section, startTime, endTime };
  });
}
