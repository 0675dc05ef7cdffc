import { describe, expect, it } from 'vitest';
import { VectorScan } from './vector-scan.ts';

function randomVector(dimension: number, seed: number): Float32Array {
  let state = seed * 2654435761 + 1;
  const vector = Float32Array.from({ length: dimension }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  });
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
}

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

describe('VectorScan', () => {
  it.each([384, 7, 768])('finds the same as an exact search at %i dimensions', (dimension) => {
    const scan = new VectorScan(dimension);
    const vectors = Array.from({ length: 9000 }, (_, i) => randomVector(dimension, i + 1));
    for (const [i, vector] of vectors.entries()) scan.add(i * 3 + 1, vector);
    expect(scan.count).toBe(9000);
    expect(scan.lastKey).toBe(8999 * 3 + 1);
    for (const seed of [70_001, 70_002, 70_003]) {
      const query = randomVector(dimension, seed);
      const exact = vectors
        .map((vector, i) => ({ key: i * 3 + 1, score: dot(query, vector) }))
        .sort((a, b) => b.score - a.score);
      const found = scan.nearest(query, 100);
      expect(found).toHaveLength(100);
      for (const { key } of exact.slice(0, 10)) expect(found).toContain(key);
    }
  });

  it('uses bits in a large scan, around the mean of vectors with a common direction', () => {
    const [dimension, size] = [128, 21_000];
    const common = randomVector(dimension, 999_999);
    const scan = new VectorScan(dimension);
    const near = (seed: number) => randomVector(dimension, seed).map((value, i) => value + 2 * (common[i] ?? 0));
    const vectors = Array.from({ length: size }, (_, i) => near(i + 1));
    for (const [i, vector] of vectors.entries()) scan.add(i + 1, vector);
    expect(scan.spread).not.toBeNull();
    let found = 0;
    for (const seed of [80_001, 80_002, 80_003, 80_004, 80_005]) {
      const query = near(seed);
      const exact = vectors.map((vector, i) => ({ key: i + 1, score: dot(query, vector) }));
      exact.sort((a, b) => b.score - a.score);
      const keys = new Set(scan.nearest(query, 60));
      found += exact.slice(0, 20).filter(({ key }) => keys.has(key)).length;
    }
    expect(found).toBeGreaterThanOrEqual(98);
  });

  it('handles an empty scan and an all-zero query', () => {
    const scan = new VectorScan(8);
    expect(scan.nearest(new Float32Array(8), 5)).toEqual([]);
    scan.add(1, new Float32Array(8));
    expect(scan.nearest(new Float32Array(8), 5)).toEqual([1]);
  });
});
