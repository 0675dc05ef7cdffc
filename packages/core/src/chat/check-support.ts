import type { UnsupportedSentence } from '@lorebox/contract/chat';
import type { Embedder } from '@lorebox/ports/embedder';
import { dotProduct } from '../search/dot-product.ts';
import { splitStatements } from '../text/statements.ts';
import { matchPassage } from './match-passage.ts';
import type { Passage } from './passage.ts';
import { LEXICAL_SUPPORT, PassageIndex, readClaim, sizeOf } from './passage-index.ts';

/** Minimum lexical overlap of a paraphrase, regardless of its vectors. */
const LEXICAL_FLOOR = 0.15;
/** Minimum cosine similarity of a paraphrase. */
const VECTOR_SUPPORT = 0.8;
/** Shorter sentences are flagged only if they are refuted, because most say nothing: "Yes, they can." */
const MIN_WORDS = 3;
const MARKER = /\[(\d+)\]/g;
const MAX_EMBEDDED = 200;

interface Doubt extends UnsupportedSentence {
  text: string;
}

/**
 * Finds sentences of the answer that no passage supports. Words are compared first, and vectors only in doubtful cases.
 * Never supported: a number or date that no passage contains, a statement that the passages negate or that exchanges
 * who did what, and a part of a sentence that isn't covered at all.
 */
export async function checkSupport(
  answer: string,
  passages: readonly Passage[],
  embedder: Embedder,
  signal?: AbortSignal,
): Promise<UnsupportedSentence[]> {
  if (passages.length === 0) return [];
  const index = new PassageIndex(passages);
  const unsupported: UnsupportedSentence[] = [];
  const doubtful: Doubt[] = [];
  for (const { start, end } of splitStatements(answer)) {
    const sentence = answer.slice(start, end);
    const text = sentence.replace(MARKER, ' ').trim();
    if (text.endsWith(':') || text.endsWith('?')) continue;
    const claim = readClaim(text);
    const size = sizeOf(claim);
    if (size < MIN_WORDS - 1) continue;
    const numbers = new Set([...sentence.matchAll(MARKER)].map(([, digits]) => Number(digits)));
    const cited = passages.filter(({ n }) => numbers.has(n));
    const compared = cited.length > 0 ? cited : passages;
    const support = index.bestOverlap(claim);
    const isFragment = size < MIN_WORDS;
    if (compared.every((passage) => index.isOtherLanguage(claim, passage))) {
      if (index.lacksNumber(claim, compared)) unsupported.push({ start, end, support });
      else if (!isFragment && matchPassage(claim, index) === null) doubtful.push({ start, end, support, text });
      continue;
    }
    if (index.isRefuted(claim, compared) || (support < LEXICAL_FLOOR && !isFragment)) {
      unsupported.push({ start, end, support });
      continue;
    }
    if (isFragment) continue;
    const added = index.findAddition(claim, compared);
    if (added !== null) doubtful.push({ start, end, support, text: added });
    else if (!cited.some((passage) => index.supports(claim, passage)) && support < LEXICAL_SUPPORT)
      doubtful.push({ start, end, support, text });
  }
  if (doubtful.length > 0) unsupported.push(...(await compareByMeaning(doubtful, passages, embedder, signal)));
  return unsupported.sort((a, b) => a.start - b.start);
}

async function compareByMeaning(
  doubtful: readonly Doubt[],
  passages: readonly Passage[],
  embedder: Embedder,
  signal?: AbortSignal,
): Promise<UnsupportedSentence[]> {
  const sentences = passages
    .flatMap(({ text }) => splitStatements(text).map(({ start, end }) => text.slice(start, end)))
    .slice(0, MAX_EMBEDDED);
  const vectors = await embedder.embed([...doubtful.map(({ text }) => text), ...sentences], 'passage', signal);
  const known = vectors.slice(doubtful.length);
  return doubtful.flatMap(({ start, end, support }, i) => {
    const vector = vectors[i];
    const nearest = vector ? Math.max(0, ...known.map((other) => dotProduct(vector, other))) : 0;
    return nearest >= VECTOR_SUPPORT ? [] : [{ start, end, support }];
  });
}
