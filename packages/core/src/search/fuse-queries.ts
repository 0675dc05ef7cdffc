import type { FusedHit } from './fuse.ts';

/** Fuses the hits of several wordings of one question. Hits that more of them find, at higher ranks, come first. */
export function fuseQueries(lists: readonly (readonly FusedHit[])[]): FusedHit[] {
  const [only] = lists;
  if (only && lists.length === 1) return [...only];
  const fused = new Map<number, FusedHit>();
  for (const hit of lists.flat()) {
    const fusedHit = fused.get(hit.key);
    fused.set(hit.key, fusedHit ? together(fusedHit, hit) : hit);
  }
  return [...fused.values()].sort((a, b) => b.score - a.score || a.key - b.key);
}

function together(a: FusedHit, b: FusedHit): FusedHit {
  return {
    key: a.key,
    score: a.score + b.score,
    keywordScore: larger(a.keywordScore, b.keywordScore),
    vectorScore: larger(a.vectorScore, b.vectorScore),
    isExact: a.isExact || b.isExact,
  };
}

export function larger(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
