import type { Embedder } from '@lorebox/ports/embedder';

/** Below this number of texts, a second model is not worth it. */
const WORTH_SPLITTING = 4;

/**
 * Several embedders of one model that share the texts of each call. One thread each is faster than one model with
 * several threads, because those spin while they wait for each other at every layer, which costs most when requests
 * need the cores too.
 */
export function poolEmbedders(members: readonly [Embedder, ...Embedder[]]): Embedder {
  const [first] = members;
  return {
    modelId: first.modelId,
    dimension: first.dimension,
    maxTokens: first.maxTokens,
    countTokens: (text) => first.countTokens(text),
    coverage: (text) => first.coverage(text),
    async embed(texts, kind, signal) {
      if (members.length === 1 || texts.length < WORTH_SPLITTING) return first.embed(texts, kind, signal);
      const shares = shareOut(texts, members.length);
      const vectors: Float32Array[] = [];
      await Promise.all(
        members.map(async (member, i) => {
          const share = shares[i] ?? [];
          const mine = share.map((index) => texts[index] ?? '');
          const made = await member.embed(mine, kind, signal);
          for (const [at, index] of share.entries()) {
            const vector = made[at];
            if (vector) vectors[index] = vector;
          }
        }),
      );
      return vectors;
    },
    async close() {
      await Promise.all(members.map((member) => member.close()));
    },
  };
}

/** Returns the text indexes of each member, dealt out by length so that all have about the same work. */
function shareOut(texts: readonly string[], count: number): number[][] {
  const shares: number[][] = Array.from({ length: count }, () => []);
  const byLength = [...texts.keys()].sort((a, b) => (texts[b]?.length ?? 0) - (texts[a]?.length ?? 0));
  for (const [turn, index] of byLength.entries()) shares[turn % count]?.push(index);
  return shares;
}
