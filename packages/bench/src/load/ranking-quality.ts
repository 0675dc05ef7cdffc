const CUT = 10;

export interface Quality {
  ndcg: number;
  recall: number;
  reciprocalRank: number;
}

/** nDCG@10 with the grade as gain (ideal over all judged documents), recall@10, and reciprocal rank within 10. */
export function rateRanking(ranked: readonly string[], grades: ReadonlyMap<string, number>): Quality {
  const gains = ranked.slice(0, CUT).map((id) => Math.max(0, grades.get(id) ?? 0));
  const ideal = [...grades.values()].filter((grade) => grade > 0).sort((a, b) => b - a);
  const first = gains.findIndex((gain) => gain > 0);
  return {
    ndcg: discounted(gains) / discounted(ideal.slice(0, CUT)),
    recall: gains.filter((gain) => gain > 0).length / ideal.length,
    reciprocalRank: first < 0 ? 0 : 1 / (first + 1),
  };
}

export function averageQuality(all: readonly Quality[]): Quality {
  const mean = (key: keyof Quality) => all.reduce((sum, quality) => sum + quality[key], 0) / all.length;
  return { ndcg: mean('ndcg'), recall: mean('recall'), reciprocalRank: mean('reciprocalRank') };
}

function discounted(gains: readonly number[]): number {
  return gains.reduce((sum, gain, rank) => sum + gain / Math.log2(rank + 2), 0);
}
