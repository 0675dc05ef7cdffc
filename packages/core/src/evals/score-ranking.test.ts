import { describe, expect, it } from 'vitest';
import { scoreRanking } from './score-ranking.ts';

const passage = (externalId: string, start = 0, end = 10) => {
  return { documentId: `doc_${externalId}`, externalId, filename: `${externalId}.txt`, start, end };
};
const place = (document: string, grade = 1) => ({ document, grade });

describe('scoreRanking', () => {
  it('is 1 for the ideal order and decreases with the rank', () => {
    expect(scoreRanking([passage('a'), passage('b')], [place('a', 3), place('b', 1)], 10)).toEqual({
      ndcg: 1,
      recall: 1,
      reciprocalRank: 1,
    });
    const late = scoreRanking([passage('x'), passage('y'), passage('a')], [place('a')], 10);
    expect(late.ndcg).toBeCloseTo(0.5);
    expect(late.reciprocalRank).toBeCloseTo(1 / 3);
    const swapped = scoreRanking([passage('b'), passage('a')], [place('a', 3), place('b', 1)], 10);
    expect(swapped.ndcg).toBeCloseTo((1 + 3 / Math.log2(3)) / (3 + 1 / Math.log2(3)));
  });

  it('counts a document once, cuts at k, and matches documents by each of their names', () => {
    const twice = scoreRanking([passage('x', 0, 5), passage('x', 5, 9), passage('a')], [place('a')], 2);
    expect(twice.reciprocalRank).toBe(0.5);
    expect(scoreRanking([passage('x'), passage('a')], [place('a')], 1)).toEqual({
      ndcg: 0,
      recall: 0,
      reciprocalRank: 0,
    });
    for (const name of ['a', 'doc_a', 'a.txt']) expect(scoreRanking([passage('a')], [place(name)], 10).ndcg).toBe(1);
  });

  it('requires an overlap if there is a range', () => {
    const range = { document: 'a', start: 100, end: 120, grade: 1 };
    expect(scoreRanking([passage('a', 0, 100)], [range], 10).ndcg).toBe(0);
    expect(scoreRanking([passage('a', 0, 101)], [range], 10).ndcg).toBe(1);
    expect(scoreRanking([passage('a', 0, 100), passage('a', 110, 130)], [range], 10).ndcg).toBe(1);
  });

  it('is 0 if nothing is relevant or found', () => {
    expect(scoreRanking([], [place('a')], 10)).toEqual({ ndcg: 0, recall: 0, reciprocalRank: 0 });
    expect(scoreRanking([passage('a')], [place('a', 0)], 10)).toEqual({ ndcg: 0, recall: 0, reciprocalRank: 0 });
  });
});
