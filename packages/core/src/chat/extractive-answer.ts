import type { Source } from '@lorebox/contract/chat';
import { contentWords, overlap } from '../text/content-words.ts';
import { splitSentences } from '../text/sentences.ts';
import { neutralizeMarkers } from './neutralize-markers.ts';

const MAX_SENTENCES = 4;
const MAX_SENTENCE_LENGTH = 600;
/** A sentence with fewer of the question's words is no answer to it. */
const MIN_OVERLAP = 0.2;
/** Headings, captions and code name the words of a question without answering it. */
const FRAGMENT_SHARE = 0.5;
/** What one rank costs against a better match. */
const RANK_COST = 0.03;

/**
 * Answers without a model: the sentences of the best sources that share most with the question, quoted and cited.
 * Null when nothing fits.
 */
export function extractiveAnswer(question: string, sources: readonly Source[]): string | null {
  const asked = [...new Set(contentWords(question))];
  const candidates = sources.flatMap((source, rank) =>
    splitSentences(source.text).map(({ start, end }) => {
      const text = source.text.slice(start, end).replace(/\s+/g, ' ').slice(0, MAX_SENTENCE_LENGTH);
      const words = new Set(contentWords(text));
      const whole = words.size < 2 ? 0 : overlap(asked, words);
      const share = isSentence(text) ? whole : whole * FRAGMENT_SHARE;
      return { n: source.n, start, text, share, score: share - rank * RANK_COST };
    }),
  );
  const fitting = candidates.filter(({ share }) => share >= MIN_OVERLAP).sort((a, b) => b.score - a.score);
  const top = fitting[0];
  if (!top) return null;
  const chosen = fitting.filter(({ score }) => score >= top.score / 2).slice(0, MAX_SENTENCES);
  chosen.sort((a, b) => a.n - b.n || a.start - b.start);
  const quotes = chosen.map(({ n, text }) => `> ${neutralizeMarkers(text)} [${n}]`).join('\n\n');
  return `No language model is configured. These passages match the question best:\n\n${quotes}`;
}

function isSentence(text: string): boolean {
  return /[.!?…。！？؟][\p{Pf}\p{Pe}"')\]]*$/u.test(text);
}
