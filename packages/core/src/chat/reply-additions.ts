import type { Material } from './material.ts';
import { neutralizeMarkers } from './neutralize-markers.ts';
import type { Passage } from './passage.ts';
import { quoteSentences } from './quote-sentences.ts';
import type { CitedClaim } from './sentence-citer.ts';

/** Text that Lorebox adds to an answer, and what it cites. */
export interface Addition {
  text: string;
  claims: CitedClaim[];
}

/** Minimum share of the question's words in a sentence that is quoted below an unsupported answer. */
const MIN_QUOTE_SHARE = 0.5;
const QUOTE_START = '\n\n> ';

/**
 * Quotes the sentence of the passages that matches the question best. `makeSafe` filters text of documents, `at` is the
 * length of the answer so far.
 */
export function quoteBest(
  question: string,
  passages: readonly Passage[],
  makeSafe: (text: string) => string,
  at: number,
): Addition | null {
  const [best] = quoteSentences(question, passages, MIN_QUOTE_SHARE);
  if (!best) return null;
  const quote = neutralizeMarkers(makeSafe(best.text)).replaceAll('\n', '  \n> ');
  const start = at + QUOTE_START.length;
  const claim: CitedClaim = { n: best.n, start, end: start + quote.length, text: best.text, origin: 'matched' };
  return { text: `${QUOTE_START}${quote} [${best.n}]`, claims: [claim] };
}

const ITEM = /^- /gm;

/** Says how many items were counted, and what a list or a number was made from. */
export function statePart(
  { documentsMatching, itemsWanted }: Pick<Material, 'documentsMatching' | 'itemsWanted'>,
  used: readonly Passage[],
  answer: string,
): string {
  const read = new Set(used.map(({ documentId }) => documentId)).size;
  const passages = `${used.length} ${used.length === 1 ? 'passage' : 'passages'}`;
  const items = itemsWanted === 'count' ? (answer.match(ITEM)?.length ?? 0) : 0;
  const count = items > 0 ? `\n\nNumber of items: ${items}.` : '';
  return `${count}\n\n(From ${passages} in ${read} of ${documentsMatching} documents.)`;
}
