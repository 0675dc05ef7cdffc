import { contentWords, overlap } from '../text/content-words.ts';
import { splitSentences } from '../text/sentences.ts';
import type { Passage } from './passage.ts';
import { tidyQuote } from './quote-text.ts';

/** A sentence of a passage that shares words with a question. */
export interface QuotedSentence {
  /** Number of the passage. */
  n: number;
  /** Offset into the passage. */
  start: number;
  text: string;
  /** Share of the question's words that it contains. */
  share: number;
  score: number;
}

const MAX_SENTENCE_LENGTH = 600;
/**
 * Factor for fragments, because headings, captions and code often contain the words of a question without answering it.
 */
const FRAGMENT_SHARE = 0.5;
/** Score penalty per rank. */
const RANK_COST = 0.03;

/** Sentences that contain at least `minShare` of the words of the question, best first. */
export function quoteSentences(question: string, passages: readonly Passage[], minShare: number): QuotedSentence[] {
  const asked = [...new Set(contentWords(question))];
  const candidates = passages.flatMap((passage, rank) =>
    splitSentences(passage.text).map(({ start, end }) => {
      const text = tidyQuote(passage.text.slice(start, end), MAX_SENTENCE_LENGTH);
      const words = new Set(contentWords(text));
      const whole = words.size < 2 ? 0 : overlap(asked, words);
      const share = isSentence(text) ? whole : whole * FRAGMENT_SHARE;
      return { n: passage.n, start, text, share, score: share - rank * RANK_COST };
    }),
  );
  return candidates.filter(({ share }) => share >= minShare).sort((a, b) => b.score - a.score);
}

function isSentence(text: string): boolean {
  return /[.!?…。！？؟][\p{Pf}\p{Pe}"')\]]*$/u.test(text);
}
