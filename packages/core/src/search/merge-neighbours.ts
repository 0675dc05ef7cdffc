import type { ChunkRecord } from '@lorebox/ports/search-index';
import { larger } from './fuse-queries.ts';

export interface Passage {
  chunks: ChunkRecord[];
  score: number;
  keywordScore: number | null;
  vectorScore: number | null;
  rerankScore: number | null;
}

/** Maximum length of a merged passage, so that it stays readable and a citation stays specific. */
const MAX_MERGED_LENGTH = 6000;

/**
 * Merges adjacent chunks of the same section of a document into one passage with the better rank of the two. Takes hits
 * by rank, and stops at `limit` passages.
 */
export function mergeNeighbours(
  hits: readonly Omit<Passage, 'chunks'>[],
  records: readonly ChunkRecord[],
  limit: number,
): Passage[] {
  const passages: Passage[] = [];
  for (const [i, hit] of hits.entries()) {
    const chunk = records[i];
    if (!chunk) continue;
    const neighbour = passages.find((passage) => isNext(passage, chunk));
    if (neighbour) {
      neighbour.chunks.push(chunk);
      neighbour.chunks.sort((a, b) => a.ordinal - b.ordinal);
      neighbour.keywordScore = larger(neighbour.keywordScore, hit.keywordScore);
      neighbour.vectorScore = larger(neighbour.vectorScore, hit.vectorScore);
      neighbour.rerankScore = larger(neighbour.rerankScore, hit.rerankScore);
    } else if (passages.length < limit) {
      const { score, keywordScore, vectorScore, rerankScore } = hit;
      passages.push({ score, keywordScore, vectorScore, rerankScore, chunks: [chunk] });
    }
  }
  return passages;
}

function isNext({ chunks }: Passage, chunk: ChunkRecord): boolean {
  const first = chunks[0];
  const last = chunks.at(-1);
  if (!first || !last || first.documentId !== chunk.documentId || first.page !== chunk.page) return false;
  if (chunk.ordinal === last.ordinal + 1) return chunk.end - first.start <= MAX_MERGED_LENGTH;
  return chunk.ordinal === first.ordinal - 1 && last.end - chunk.start <= MAX_MERGED_LENGTH;
}
