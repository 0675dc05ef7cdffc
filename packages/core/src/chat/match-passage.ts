import type { Passage } from './passage.ts';
import { type Claim, type PassageIndex, sizeOf } from './passage-index.ts';

/** Minimum share of a claim's words in the passage and in one of its sentences. */
const MIN_OVERLAP = 0.6;
const MIN_SENTENCE_OVERLAP = 0.5;
/** Claims with fewer words and numbers must be contained completely. */
const SHORT_CLAIM = 3;
/** A passage that contains less of a claim says something else. */
const MIN_RELATED = 0.2;
const MAX_CANDIDATES = 5;
/** Names and numbers that a passage in another language must share with the claim. */
const MIN_ANCHORS = 2;

/** Returns the passage that supports the claim best. Null if none does. */
export function matchPassage(claim: Claim, index: PassageIndex): Passage | null {
  const size = sizeOf(claim);
  if (size === 0 || (size === 1 && claim.words.length === 1)) return null;
  const minimum = size < SHORT_CLAIM ? 1 : MIN_SENTENCE_OVERLAP;
  const candidates = index.passages
    .map((passage) => ({ passage, overlap: claim.words.length === 0 ? 1 : index.overlap(claim, passage) }))
    .filter(({ overlap }) => overlap >= Math.max(minimum, MIN_OVERLAP))
    // Many passages can differ only in their numbers, such as invoices.
    .filter(({ passage }) => !index.lacksNumber(claim, [passage]))
    .sort((a, b) => b.overlap - a.overlap)
    .slice(0, MAX_CANDIDATES)
    .map(({ passage, overlap }) => ({ passage, overlap, sentence: index.bestSentenceOverlap(claim, passage) }))
    .filter(({ sentence }) => sentence >= minimum)
    .sort((a, b) => b.sentence - a.sentence || b.overlap - a.overlap);
  const best = candidates.find(
    ({ passage }) => index.supports(claim, passage) && index.findAddition(claim, [passage]) === null,
  );
  return best?.passage ?? matchOtherLanguage(claim, index);
}

/** Words differ in another language, but names and numbers don't. */
function matchOtherLanguage(claim: Claim, index: PassageIndex): Passage | null {
  const matches = index.passages.flatMap((passage) => {
    const anchors = index.isOtherLanguage(claim, passage) ? index.countAnchors(claim, passage) : 0;
    return anchors >= MIN_ANCHORS ? [{ passage, anchors }] : [];
  });
  return matches.sort((a, b) => b.anchors - a.anchors)[0]?.passage ?? null;
}

/** The passage clearly doesn't support the claim: it says something else, or the opposite. */
export function isUnrelated(claim: Claim, passage: Passage, index: PassageIndex): boolean {
  if (sizeOf(claim) < SHORT_CLAIM || index.isOtherLanguage(claim, passage)) return false;
  return index.overlap(claim, passage) < MIN_RELATED || index.isRefuted(claim, [passage]);
}
