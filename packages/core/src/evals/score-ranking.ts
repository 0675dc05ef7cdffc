import type { RelevantPlace } from '@lorebox/contract/eval';

export interface RankedPassage {
  documentId: string;
  externalId: string | null;
  filename: string;
  start: number;
  end: number;
}

export interface RankingScore {
  /** nDCG@k with the grade as linear gain. The ideal ranking contains all known places. */
  ndcg: number;
  /** Share of the relevant places that were found. */
  recall: number;
  /** 1 / rank of the first relevant document; 0 if there is none. */
  reciprocalRank: number;
}

/**
 * Scores a ranking of documents, because judgments are per document: further passages of a document don't take a rank.
 * If a place has a range, only passages that overlap it count.
 */
export function scoreRanking(
  passages: readonly RankedPassage[],
  relevant: readonly RelevantPlace[],
  k: number,
): RankingScore {
  const relevantPlaces = relevant.filter(({ grade }) => grade > 0);
  const foundPlaces = new Set<RelevantPlace>();
  const gains: number[] = [];
  for (const group of byDocument(passages).slice(0, k)) {
    const hit = relevantPlaces.filter(
      (place) => !foundPlaces.has(place) && group.some((passage) => isAt(passage, place)),
    );
    for (const place of hit) foundPlaces.add(place);
    gains.push(hit.reduce((best, { grade }) => Math.max(best, grade), 0));
  }
  const ideal = idealGains(relevantPlaces).slice(0, k);
  const first = gains.findIndex((gain) => gain > 0);
  return {
    ndcg: relevantPlaces.length === 0 ? 0 : Math.min(1, discounted(gains) / discounted(ideal)),
    recall: relevantPlaces.length === 0 ? 0 : foundPlaces.size / relevantPlaces.length,
    reciprocalRank: first < 0 ? 0 : 1 / (first + 1),
  };
}

/** Groups passages by document, ordered by the rank of the first passage. */
function byDocument(passages: readonly RankedPassage[]): RankedPassage[][] {
  const groups = new Map<string, RankedPassage[]>();
  for (const passage of passages) groups.set(passage.documentId, [...(groups.get(passage.documentId) ?? []), passage]);
  return [...groups.values()];
}

/** Each document counts once, even if it has several relevant places. */
function idealGains(places: readonly RelevantPlace[]): number[] {
  const best = new Map<string, number>();
  for (const { document, grade } of places) best.set(document, Math.max(best.get(document) ?? 0, grade));
  return [...best.values()].sort((a, b) => b - a);
}

function isAt({ documentId, externalId, filename, start, end }: RankedPassage, place: RelevantPlace): boolean {
  if (![externalId, documentId, filename].includes(place.document)) return false;
  return place.start === undefined || place.end === undefined || (start < place.end && end > place.start);
}

function discounted(gains: readonly number[]): number {
  return gains.reduce((sum, gain, rank) => sum + gain / Math.log2(rank + 2), 0);
}
