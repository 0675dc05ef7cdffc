import { contentWords, overlap } from '../text/content-words.ts';
import { splitSentences } from '../text/sentences.ts';
import { neutralizeMarkers } from './neutralize-markers.ts';
import type { Passage } from './passage.ts';

const MAX_SENTENCES = 4;
const MAX_SENTENCE_LENGTH = 600;
/** Minimum share of the question's words that a quoted sentence contains. */
const MIN_OVERLAP = 0.2;
/**
 * Factor for fragments, because headings, captions and code often contain the words of a question without answering it.
 */
const FRAGMENT_SHARE = 0.5;
/** Score penalty per rank. */
const RANK_COST = 0.03;

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
  const asked = [...new Set(contentWords(question))];
  const candidates = passages.flatMap((passage, rank) =>
    splitSentences(passage.text).map(({ start, end }) => {
      const text = passage.text.slice(start, end).replace(/\s+/g, ' ').slice(0, MAX_SENTENCE_LENGTH);
      const words = new Set(contentWords(text));
      const whole = words.size < 2 ? 0 : overlap(asked, words);
      const share = isSentence(text) ? whole : whole * FRAGMENT_SHARE;
      return { n: passage.n, start, text, share, score: share - rank * RANK_COST };
    }),
  );
  const fitting = candidates.filter(({ share }) => share >= MIN_OVERLAP).sort((a, b) => b.score - a.score);
  const top = fitting[0];
  if (!top) return null;
  const chosen = fitting.filter(({ score }) => score >= top.score / 2).slice(0, MAX_SENTENCES);
  chosen.sort((a, b) => a.n - b.n || a.start - b.start);
  const quotes = chosen.map(({ n, text }) => `> ${neutralizeMarkers(text)} [${n}]`).join('\n\n');
  return `${reason ?? 'No language model is configured.'} These passages match the question best:\n\n${quotes}`;
}

function isSentence(text: string): boolean {
  return /[.!?…。！？؟][\p{Pf}\p{Pe}"')\]]*$/u.test(text);
}
