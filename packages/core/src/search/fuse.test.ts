import { describe, expect, it } from 'vitest';
import { fuse } from './fuse.ts';

const hits = (...pairs: [number, number][]) => pairs.map(([key, score]) => ({ key, score }));
const keys = (fused: { key: number }[]) => fused.map(({ key }) => key);

describe('fuse', () => {
  it('ranks hits of both searches first', () => {
    expect(keys(fuse(hits([1, 10], [2, 9]), hits([2, 0.9], [3, 0.8]), 1))[0]).toBe(2);
  });

  it('keeps the order of keyword search if the embedder does not understand the query', () => {
    const fused = fuse(hits([5, 8], [4, 7], [3, 6]), hits([9, 0.99], [3, 0.9]), 0);
    expect(keys(fused).slice(0, 3)).toEqual([5, 4, 3]);
  });

  it('uses one search only if the other found nothing', () => {
    expect(keys(fuse([], hits([7, 0.9], [8, 0.7]), 0))).toEqual([7, 8]);
    expect(keys(fuse(hits([7, 3], [8, 2]), [], 1))).toEqual([7, 8]);
    expect(fuse([], [], 1)).toEqual([]);
  });

  it('ranks exact matches above similar passages', () => {
    const keyword = [
      { key: 1, score: 9 },
      { key: 2, score: 3, isExact: true },
      { key: 3, score: 2, isExact: true },
    ];
    expect(keys(fuse(keyword, hits([1, 0.9], [4, 0.8], [3, 0.7]), 1))).toEqual([2, 3, 1, 4]);
  });

  it('does not let similar passages outvote the only passage with a rare word', () => {
    const near = hits([10, 0.9], [11, 0.89], [12, 0.88], [13, 0.5]);
    expect(keys(fuse(hits([1, 18], [2, 5], [3, 5], [4, 5]), near, 1))[0]).toBe(1);
    expect(keys(fuse(hits([1, 6], [2, 5], [3, 5], [4, 5]), near, 1))[0]).toBe(10);
    expect(keys(fuse(hits([1, 18], [2, 17], [3, 16]), near, 1))[0]).toBe(10);
  });

  it('is deterministic: ties are broken by rank, then by key', () => {
    expect(keys(fuse(hits([2, 1], [1, 1]), [], 1))).toEqual([1, 2]);
    expect(keys(fuse([], hits([9, 0.5], [4, 0.5]), 1))).toEqual([9, 4]);
  });
  it('trusts keywords less if the workspace has few words of the query', () => {
    const keyword = hits([1, 10], [2, 3]);
    const vector = hits([3, 0.9], [2, 0.5]);
    expect(keys(fuse(keyword, vector, 0.5))[0]).toBe(1);
    expect(keys(fuse(keyword, vector, 0.5, 0.2))[0]).toBe(3);
    expect(keys(fuse(keyword, [], 0.5, 0.2))[0]).toBe(1);
  });
});
