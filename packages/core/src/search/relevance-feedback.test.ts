import type { IndexHit, SearchIndex } from '@lorebox/ports/search-index';
import { describe, expect, it } from 'vitest';
import { searchWithFeedback } from './relevance-feedback.ts';

/** Chunks 1 and 2 have the question's words; 3 is close to them and far from the question. */
const VECTORS = new Map([
  [1, new Float32Array([0.8, 0.6, 0])],
  [2, new Float32Array([0.7, 0.714, 0])],
  [3, new Float32Array([0.25, 0.968, 0])],
  [4, new Float32Array([0.27, 0, 0.963])],
]);
const QUERY = new Float32Array([1, 0, 0]);
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

function setUp() {
  const asked: Float32Array[] = [];
  const search: Pick<SearchIndex, 'vector' | 'vectorsOf'> = {
    async vector(vector, _model, _filter, limit) {
      asked.push(vector);
      const hits = [...VECTORS].map(([key, other]) => ({ key, score: dot(vector, other) }));
      return { hits: hits.sort((a, b) => b.score - a.score).slice(0, limit), ms: 1 };
    },
    vectorsOf: async (_workspace, _model, keys) => new Map([...VECTORS].filter(([key]) => keys.includes(key))),
  };
  return { core: { search: search as SearchIndex }, asked };
}

const half = (coverage: number): { hits: IndexHit[]; vector: Float32Array; modelId: string; coverage: number } => ({
  hits: [1, 2, 4].map((key) => ({ key, score: dot(QUERY, VECTORS.get(key) ?? QUERY) })),
  vector: QUERY,
  modelId: 'm',
  coverage,
});
const KEYWORD = [
  { key: 1, score: 9 },
  { key: 2, score: 8 },
];

describe('searchWithFeedback', () => {
  it('finds passages close to the best ones, and reports their similarity to the question itself', async () => {
    const { core, asked } = setUp();
    const hits = await searchWithFeedback(core, { workspaceId: 'ws' }, KEYWORD, half(1), 3);
    expect(Math.hypot(...(asked[0] ?? []))).toBeCloseTo(1);
    expect(hits.map(({ key }) => key)).toEqual([1, 2, 3]);
    expect(hits[2]?.cosine).toBeCloseTo(0.25);
    expect(hits[0]?.cosine).toBeCloseTo(0.8);
    expect(hits[0]?.score).toBeGreaterThan(0.8);
  });

  it('keeps the hits if the embedder does not understand the question, or one search found nothing', async () => {
    const { core, asked } = setUp();
    const unchanged: [IndexHit[], Parameters<typeof searchWithFeedback>[3]][] = [
      [KEYWORD, half(0.3)],
      [[], half(1)],
      [KEYWORD, { ...half(1), hits: [] }],
      [KEYWORD, { ...half(1), vector: null }],
    ];
    for (const [keyword, vector] of unchanged) {
      expect(await searchWithFeedback(core, { workspaceId: 'ws' }, keyword, vector, 3)).toBe(vector.hits);
    }
    expect(asked).toEqual([]);
  });
});
