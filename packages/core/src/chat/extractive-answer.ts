import { neutralizeMarkers } from './neutralize-markers.ts';
import type { Passage } from './passage.ts';
import { quoteSentences } from './quote-sentences.ts';
import { toBlockQuote } from './quote-text.ts';

const MAX_SENTENCES = 4;
/** Minimum share of the question's words that a quoted sentence contains. */
const MIN_OVERLAP = 0.2;

/**
 * Answers without a model by quoting and citing the sentences that share most words with the question. Null if there
 * are none.
 * @param reason Why no model answers. Null: none is configured.
 */
export function extractiveAnswer(
  question: string,
  passages: readonly Passage[],
  reason: string | null = null,
): string | null {
  const fitting = quoteSentences(question, passages, MIN_OVERLAP);
  const top = fitting[0];
  if (!top) return null;
  const chosen = fitting.filter(({ score }) => score >= top.score / 2).slice(0, MAX_SENTENCES);
  chosen.sort((a, b) => a.n - b.n || a.start - b.start);
  const quotes = chosen.map(({ n, text }) => `${toBlockQuote(neutralizeMarkers(text))} [${n}]`).join('\n\n');
  return `${reason ?? 'No language model is configured.'} These passages match the question best:\n\n${quotes}`;
}
