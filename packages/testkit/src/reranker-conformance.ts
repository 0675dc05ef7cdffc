import type { Reranker } from '@lorebox/ports/reranker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface TestedReranker {
  reranker: Reranker;
  /** Stops what was started for the reranker. The suite closes the reranker itself. */
  close(): Promise<void>;
}

/**
 * Contract tests for rerankers. The tested model must prefer passages with herons. Call it in the test file of each
 * provider.
 */
export function testReranker(name: string, setUp: () => Promise<TestedReranker>): void {
  describe(`${name} as a reranker`, () => {
    let tested: TestedReranker;
    const score = (passages: string[], signal = new AbortController().signal) =>
      tested.reranker.score('a heron', passages, signal);
    beforeAll(async () => {
      tested = await setUp();
    });
    afterAll(async () => {
      await tested.reranker.close();
      await tested.close();
    });

    it('returns one score per passage, in order, with higher scores for better passages', async () => {
      const scores = await score(['the pump.', 'the heron. a heron.', 'a heron', 'the river']);
      expect(scores).toHaveLength(4);
      expect(scores[1]).toBeGreaterThan(scores[2] ?? 0);
      expect(scores[2]).toBeGreaterThan(scores[0] ?? 0);
      expect(scores[0]).toBe(scores[3]);
    });

    it('gives each passage the same score as alone', async () => {
      const passages = Array.from({ length: 40 }, (_, i) => `${'the heron. '.repeat(i % 7)}the river.`);
      const together = await score(passages);
      for (const n of [0, 3, 39]) expect(together[n]).toBeCloseTo((await score([passages[n] ?? '']))[0] ?? 0, 4);
    });

    it('accepts no passages, blank passages and oversized passages', async () => {
      expect(await score([])).toEqual([]);
      const scores = await score(['', ' ', 'a heron '.repeat(5000)]);
      expect(scores.every(Number.isFinite)).toBe(true);
      expect(scores[2]).toBeGreaterThan(scores[0] ?? 0);
    });

    it('stops when the signal is aborted, and works afterwards', async () => {
      await expect(score(['a heron'], AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
      expect(await score(['a heron'])).toHaveLength(1);
    });
  });
}
