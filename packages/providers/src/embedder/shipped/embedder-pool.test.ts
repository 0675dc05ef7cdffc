import type { Embedder } from '@lorebox/ports/embedder';
import { expect, it } from 'vitest';
import { poolEmbedders } from './embedder-pool.ts';

function counting(): Embedder & { seen: string[] } {
  const seen: string[] = [];
  return {
    ...{ seen, modelId: 'm', dimension: 1, maxTokens: 10 },
    countTokens: (text) => text.length,
    coverage: () => 1,
    async embed(texts) {
      if (texts.includes('bad')) throw new Error('broken');
      seen.push(...texts);
      return texts.map((text) => new Float32Array([text.length]));
    },
    close: async () => {},
  };
}

it('distributes texts evenly and returns their vectors in order', async () => {
  const [a, b] = [counting(), counting()];
  const texts = Array.from({ length: 21 }, (_, i) => 'x'.repeat((i * 7) % 20));
  const vectors = await poolEmbedders([a, b]).embed(texts, 'passage');
  expect(vectors.map(([value]) => value)).toEqual(texts.map((text) => text.length));
  expect(a.seen.length + b.seen.length).toBe(21);
  const letters = (seen: string[]) => seen.join('').length;
  expect(Math.abs(letters(a.seen) - letters(b.seen))).toBeLessThan(25);
});

it('sends few texts to one member, and fails as a whole', async () => {
  const [a, b] = [counting(), counting()];
  const pool = poolEmbedders([a, b]);
  await pool.embed(['one', 'two'], 'query');
  expect([a.seen.length, b.seen.length]).toEqual([2, 0]);
  await expect(pool.embed(['1', '2', '3', 'bad'], 'passage')).rejects.toThrow('broken');
});
