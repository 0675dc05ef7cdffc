import type { SearchHit } from '@lorebox/contract/search';

export interface WorkspaceHits {
  workspace: string;
  name: string;
  hits: readonly SearchHit[];
}

export interface WorkspaceHit {
  workspace: string;
  name: string;
  hit: SearchHit;
}

/**
 * Orders the hits of several workspaces. Scores of different workspaces can't be compared, but cosine similarities with
 * the same embedder can, so the best passage of each workspace decides which one comes first at each rank.
 */
export function mergeHits(results: readonly WorkspaceHits[]): WorkspaceHit[] {
  const ranked = results.flatMap(({ workspace, name, hits }) =>
    hits.map((hit, rank) => ({ workspace, name, hit, rank, similarity: hit.vectorScore ?? 0 })),
  );
  ranked.sort((a, b) => a.rank - b.rank || b.similarity - a.similarity);
  return ranked.map(({ workspace, name, hit }) => ({ workspace, name, hit }));
}
