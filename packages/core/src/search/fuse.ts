import type { IndexHit } from '@lorebox/ports/search-index';

export interface FusedHit {
  key: number;
  score: number;
  keywordScore: number | null;
  vectorScore: number | null;
  /** It has what was asked for word by word. */
  isExact: boolean;
}

/** Share of the vector half for a query that the embedder understands wholly; measured, see the ADR on fusion. */
const FULL_VECTOR_SHARE = 0.7;
/** A keyword score that is so many times the fourth best stands out: only few passages have what was asked for. */
const STANDS_OUT = 1.5;
const MAX_STANDOUT_SHARE = 0.6;

/**
 * Puts the two halves together by their scores: keyword scores as shares of the best one, vector scores spread over the
 * range that was found, weighed by how much of the query the embedder's vocabulary understands (0..1). Ranks alone
 * (reciprocal rank fusion) lose to the better half wherever the other one knows nothing: docs/adr has the figures.
 * Whoever types a name, a code or a sentence as it stands wants the passage that has it: those come first. Whoever asks about
 * one wants it too: a passage that the rare word lifts far above the others by BM25 is not outvoted by what is merely alike.
 */
export function fuse(keyword: readonly IndexHit[], vector: readonly IndexHit[], coverage: number): FusedHit[] {
  const share = vector.length === 0 ? 0 : keyword.length === 0 ? 1 : FULL_VECTOR_SHARE * coverage;
  const best = Math.max(...keyword.map((hit) => hit.score), Number.MIN_VALUE);
  const fourth = keyword[3]?.score ?? Number.POSITIVE_INFINITY;
  const top = Math.max(...vector.map((hit) => hit.score));
  const bottom = Math.min(...vector.map((hit) => hit.score));
  const fused = new Map<number, FusedHit & { rank: number }>();
  vector.forEach(({ key, score, cosine = score }, rank) => {
    const spread = top === bottom ? 1 : (score - bottom) / (top - bottom);
    fused.set(key, { key, score: share * spread, keywordScore: null, vectorScore: cosine, isExact: false, rank });
  });
  for (const { key, score, isExact = false } of keyword) {
    const part = (1 - share) * (score / best) + liftOf(score / fourth) + (isExact ? 1 : 0);
    const known = fused.get(key);
    if (known) {
      known.score += part;
      known.keywordScore = score;
      known.isExact = isExact;
    } else fused.set(key, { key, score: part, keywordScore: score, vectorScore: null, isExact, rank: vector.length });
  }
  const ordered = [...fused.values()].sort((a, b) => b.score - a.score || a.rank - b.rank || a.key - b.key);
  return ordered.map(({ rank: _, ...hit }) => hit);
}

function liftOf(lead: number): number {
  return Math.min(MAX_STANDOUT_SHARE, Math.max(0, MAX_STANDOUT_SHARE * (lead - STANDS_OUT)));
}
