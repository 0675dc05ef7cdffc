import type { Embedder } from '@lorebox/ports/embedder';
import { expect, it } from 'vitest';
import { createBatchingEmbedder } from './batching-embedder.ts';

function createEmbedder(failure: Error | null = null) {
  const batches: string[][] = [];
  const embed: Embedder['embed'] = async (texts) => {
    batches.push([...texts]);
    if (failure) throw failure;
    return texts.map((text) => new Float32Array([text.length]));
  };
  return { embed: createBatchingEmbedder({ embed } as Embedder, 3, 60_000), batches };
}

it('combines texts into batches of the maximum size, and returns the vectors of each caller', async () => {
  const { embed, batches } = createEmbedder();
  const vectors = await Promise.all([
    embed(['a', 'bb'], 'passage'),
    embed(['ccc'], 'passage'),
    embed(['d'], 'passage'),
  ]);
  expect(batches).toEqual([['a', 'bb', 'ccc'], ['d']]);
  expect(vectors.map((list) => list.map(([length]) => length))).toEqual([[1, 2], [3], [1]]);
});

it('rejects every caller of a batch that fails, and skips aborted ones', async () => {
  const { embed, batches } = createEmbedder(new Error('out of memory'));
  const aborted = AbortSignal.abort(new Error('aborted'));
  const outcomes = await Promise.allSettled([embed(['a'], 'passage'), embed(['b'], 'passage', aborted)]);
  expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.message)).toEqual([
    'out of memory',
    'aborted',
  ]);
  expect(batches).toEqual([['a']]);
});
