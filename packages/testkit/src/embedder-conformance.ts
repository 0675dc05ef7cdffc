import type { Embedder } from '@lorebox/ports/embedder';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

export interface EmbedderUnderTest {
  embedder: Embedder;
  /** Stops what was started for the embedder. The suite closes the embedder itself. */
  close?(): Promise<void>;
}

/** Contract tests for embedders. Call it in the test file of each provider. */
export function testEmbedder(name: string, setup: () => Promise<EmbedderUnderTest>): void {
  describe(`${name} as an embedder`, () => {
    let tested: EmbedderUnderTest;
    beforeEach(async () => {
      tested = await setup();
    });
    afterEach(async () => {
      await tested.embedder.close();
      await tested.close?.();
    });

    it('returns one vector of length 1 per text, in order', async () => {
      const { embedder } = tested;
      const texts = ['the pump is serviced in autumn', 'invoices are paid in thirty days', 'the pump was serviced'];
      const vectors = await embedder.embed(texts, 'passage');
      expect(vectors).toHaveLength(3);
      for (const vector of vectors) {
        expect(vector).toHaveLength(embedder.dimension ?? 0);
        expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
      }
      const [pump, invoice, pumpAgain] = vectors as [Float32Array, Float32Array, Float32Array];
      expect(dot(pump, pumpAgain)).toBeGreaterThan(dot(pump, invoice));
    });

    it('returns the same vectors in a batch and one by one', async () => {
      const texts = Array.from({ length: 70 }, (_, n) => `passage number ${n} of the batch`);
      const together = await tested.embedder.embed(texts, 'passage');
      for (const n of [0, 1, 63, 64, 69]) {
        const [alone] = await tested.embedder.embed([texts[n] ?? ''], 'passage');
        expect(dot(alone as Float32Array, together[n] as Float32Array)).toBeGreaterThan(0.999);
      }
    });

    it('finds the passage that answers a question', async () => {
      const passages = ['The pump is serviced in autumn.', 'Invoices are paid within thirty days.'];
      const vectors = await tested.embedder.embed(passages, 'passage');
      const [question] = await tested.embedder.embed(['when is the pump serviced'], 'query');
      const scores = vectors.map((vector) => dot(vector, question as Float32Array));
      expect(scores[0]).toBeGreaterThan(scores[1] ?? 1);
    });

    it('accepts no texts, blank texts and texts over its limit', async () => {
      expect(await tested.embedder.embed([], 'query')).toEqual([]);
      const long = 'a long text about pumps '.repeat(tested.embedder.maxTokens);
      const vectors = await tested.embedder.embed([' ', long], 'passage');
      for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
    });

    it('counts tokens without loading the model, and knows its name and limit', () => {
      const { embedder } = tested;
      expect(embedder.modelId).toMatch(/./);
      expect(embedder.maxTokens).toBeGreaterThan(0);
      expect(embedder.countTokens('')).toBe(0);
      expect(embedder.countTokens('one two three')).toBeGreaterThanOrEqual(3);
      expect(embedder.coverage('plain words')).toBeGreaterThan(0.5);
    });

    it('stops when the signal is aborted', async () => {
      const gone = AbortSignal.abort(new Error('gone'));
      await expect(tested.embedder.embed(['a text'], 'query', gone)).rejects.toThrow();
    });
  });
}

export function dot(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, value, n) => sum + value * (right[n] ?? 0), 0);
}
