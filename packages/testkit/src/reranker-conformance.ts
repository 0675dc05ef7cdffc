import type { Reranker } from '@lorebox/ports/reranker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface TestedReranker {
  reranker: Reranker;
  /** Ends what was started for it; the suite closes the reranker itself. */
  close(): Promise<void>;
}

/** What every reranker must do; the tested one likes passages with herons. Call it in the test file of each provider. */
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

    it('gives one score per passage, in order, the better the larger', async () => {
      const scores = await score(['the pump.', 'the heron. a heron.', 'a heron', 'the river']);
      expect(scores).toHaveLength(4);
      expect(scores[1]).toBeGreaterThan(scores[2] ?? 0);
      expect(scores[2]).toBeGreaterThan(scores[0] ?? 0);
      expect(scores[0]).toBe(scores[3]);
    });

    it('scores each passage as it would alone', async () => {
      const passages = Array.from({ length: 40 }, (_, i) => `${'the heron. '.repeat(i % 7)}the river.`);
      const together = await score(passages);
      for (const n of [0, 3, 39]) expect(together[n]).toBeCloseTo((await score([passages[n] ?? '']))[0] ?? 0, 4);
    });

    it('takes nothing, blanks and what is far too long', async () => {
      expect(await score([])).toEqual([]);
      const scores = await score(['', ' ', 'a heron '.repeat(5000)]);
      expect(scores.every(Number.isFinite)).toBe(true);
      expect(scores[2]).toBeGreaterThan(scores[0] ?? 0);
    });

    it('stops with the signal and works afterwards', async () => {
      await expect(score(['a heron'], AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
      expect(await score(['a heron'])).toHaveLength(1);
    });
  });
}
