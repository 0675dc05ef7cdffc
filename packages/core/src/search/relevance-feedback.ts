import type { IndexHit, SearchFilter } from '@lorebox/ports/search-index';
import type { Core } from '../core.ts';
import { dotProduct } from './dot-product.ts';
import { fuse } from './fuse.ts';

/** Weights were measured, see the ADR on retrieval options. */
const PASSAGES = 3;
const WEIGHT = 0.3;
/** Minimum vocabulary coverage of the question, because otherwise its best passages are misleading. */
const MIN_COVERAGE = 0.5;

interface VectorHalf {
  hits: IndexHit[];
  /** Vector of the question; null if there is none. */
  vector: Float32Array | null;
  modelId: string;
  coverage: number;
}

/**
 * Repeats the vector search from a point slightly closer to the best passages of both halves (Rocchio feedback). Hits
 * keep their cosine similarity to the question itself.
 */
export async function searchWithFeedback(
  core: Pick<Core, 'search'>,
  filter: SearchFilter,
  keyword: readonly IndexHit[],
  half: VectorHalf,
  depth: number,
): Promise<IndexHit[]> {
  const { hits, vector, modelId, coverage } = half;
  if (!vector || coverage < MIN_COVERAGE || hits.length === 0 || keyword.length === 0) return hits;
  const best = fuse(keyword, hits, coverage).slice(0, PASSAGES);
  const { workspaceId } = filter;
  const vectors = [
    ...(
      await core.search.vectorsOf(
        workspaceId,
        modelId,
        best.map(({ key }) => key),
      )
    ).values(),
  ];
  if (vectors.length === 0) return hits;
  const found = await core.search.vector(moved(vector, vectors), modelId, filter, depth);
  const known = new Map(hits.map(({ key, score }) => [key, score]));
  const added = found.hits.filter(({ key }) => !known.has(key)).map(({ key }) => key);
  for (const [key, other] of await core.search.vectorsOf(workspaceId, modelId, added))
    known.set(key, dotProduct(vector, other));
  return found.hits.map((hit) => ({ ...hit, cosine: known.get(hit.key) ?? hit.score }));
}

function moved(vector: Float32Array, others: readonly Float32Array[]): Float32Array {
  const sum = vector.map((value, i) => {
    const mean = others.reduce((total, other) => total + (other[i] ?? 0), 0) / others.length;
    return value + WEIGHT * mean;
  });
  const length = Math.hypot(...sum) || 1;
  return sum.map((value) => value / length);
}
