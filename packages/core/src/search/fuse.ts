import type { IndexHit } from '@lorebox/ports/search-index';

export interface FusedHit {
  key: number;
  score: number;
  keywordScore: number | null;
  vectorScore: number | null;
  /** The passage contains the query verbatim. */
  isExact: boolean;
}

/** Weight of vector search for a query that the embedder fully understands. Measured, see the ADR on fusion. */
const FULL_VECTOR_SHARE = 0.7;
/** From this share of known words, keyword scores have their full weight. Chosen on German questions over English texts. */
const FULLY_KNOWN = 0.6;
/** A keyword score of at least this multiple of the fourth best one stands out. */
const STANDS_OUT = 1.5;
const MAX_STANDOUT_SHARE = 0.6;

/**
 * Fuses keyword and vector hits by score. Keyword scores are relative to the best one. Vector scores are scaled to
 * their range and weighted by the share of the query that the embedder's vocabulary covers (0..1). Reciprocal rank
 * fusion was worse wherever one half finds nothing useful; see docs/adr.
 * Verbatim matches come first. A passage that a rare word lifts far above the others by BM25 can't be outvoted by
 * similar passages. Keyword scores count less if the workspace doesn't have the words of the query (`known`, 0..1), as
 * those of another language.
 */
export function fuse(
  keyword: readonly IndexHit[],
  vector: readonly IndexHit[],
  coverage: number,
  known = 1,
): FusedHit[] {
  const trust = vector.length === 0 ? 1 : Math.min(1, known / FULLY_KNOWN) ** 2;
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
    const part = trust * ((1 - share) * (score / best) + liftOf(score / fourth)) + (isExact ? 1 : 0);
    const fusedHit = fused.get(key);
    if (fusedHit) {
      fusedHit.score += part;
      fusedHit.keywordScore = score;
      fusedHit.isExact = isExact;
    } else fused.set(key, { key, score: part, keywordScore: score, vectorScore: null, isExact, rank: vector.length });
  }
  const ordered = [...fused.values()].sort((a, b) => b.score - a.score || a.rank - b.rank || a.key - b.key);
  return ordered.map(({ rank: _, ...hit }) => hit);
}

function liftOf(lead: number): number {
  return Math.min(MAX_STANDOUT_SHARE, Math.max(0, MAX_STANDOUT_SHARE * (lead - STANDS_OUT)));
}
