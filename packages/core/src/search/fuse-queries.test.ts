import { expect, it } from 'vitest';
import { fuseQueries } from './fuse-queries.ts';

const hit = (key: number, score: number) => ({ key, score, keywordScore: score, vectorScore: null, isExact: false });

it('ranks hits of several wordings first', () => {
  const fused = fuseQueries([
    [hit(1, 0.9), hit(2, 0.6)],
    [hit(3, 0.8), hit(2, 0.5)],
  ]);
  expect(fused.map(({ key }) => key)).toEqual([2, 1, 3]);
  expect(fused[0]).toMatchObject({ score: 1.1, keywordScore: 0.6, vectorScore: null });
});

it('keeps the order of a single list', () => {
  expect(fuseQueries([[hit(5, 0.1), hit(4, 0.9)]]).map(({ key }) => key)).toEqual([5, 4]);
  expect(fuseQueries([])).toEqual([]);
});
