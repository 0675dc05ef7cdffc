import type { Embedder } from '@lorebox/ports/embedder';
import { dotProduct } from '../search/dot-product.ts';
import { splitSentences } from '../text/sentences.ts';
import type { Passage } from './passage.ts';
import { PassageIndex, readClaim, sizeOf } from './passage-index.ts';
import type { CitedClaim, UncitedClaim } from './sentence-citer.ts';

/** Minimum cosine similarity of a translation. */
const MIN_SIMILARITY = 0.8;
const MIN_CLAIM_SIZE = 3;
const MAX_CLAIMS = 50;
const MAX_SENTENCES = 200;

/**
 * Finds passages in another language that mean the same as a sentence. All other sentences were compared by their words.
 */
export async function matchByMeaning(
  uncited: readonly UncitedClaim[],
  passages: readonly Passage[],
  embedder: Embedder,
  signal?: AbortSignal,
): Promise<CitedClaim[]> {
  const index = new PassageIndex(passages);
  const claims = uncited
    .map((sentence) => ({ sentence, claim: readClaim(sentence.text) }))
    .filter(({ claim }) => sizeOf(claim) >= MIN_CLAIM_SIZE)
    .filter(({ claim }) => passages.some((passage) => index.isOtherLanguage(claim, passage)))
    .slice(0, MAX_CLAIMS);
  if (claims.length === 0) return [];
  const candidates = passages
    .flatMap((passage) =>
      splitSentences(passage.text).map(({ start, end }) => ({ passage, text: passage.text.slice(start, end) })),
    )
    .slice(0, MAX_SENTENCES);
  const texts = [...claims.map(({ sentence }) => sentence.text), ...candidates.map(({ text }) => text)];
  const vectors = await embedder.embed(texts, 'passage', signal);
  return claims.flatMap(({ sentence, claim }, i): CitedClaim[] => {
    const vector = vectors[i];
    if (!vector) return [];
    const scored = candidates.map(({ passage }, at) => {
      const other = vectors[claims.length + at];
      return { passage, score: other ? dotProduct(vector, other) : 0 };
    });
    const best = scored.sort((a, b) => b.score - a.score)[0];
    const isSame = best && best.score >= MIN_SIMILARITY && !index.lacksNumber(claim, [best.passage]);
    return isSame ? [{ ...sentence, n: best.passage.n, origin: 'matched' }] : [];
  });
}
