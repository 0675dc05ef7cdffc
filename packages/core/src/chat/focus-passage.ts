import { contentWords } from '../text/content-words.ts';
import { splitSentences } from '../text/sentences.ts';
import type { Passage } from './passage.ts';

/** Sentences without a word of the question count a little, so that a window is not empty around one hit. */
const BASE_SCORE = 0.05;

/**
 * Narrows a long passage to the whole sentences that share most words with the question, at most `maxLength` characters.
 * Rare words count more. A passage that fits is returned as it is.
 */
export function focusPassage(passage: Passage, question: string, maxLength: number): Passage {
  const { text } = passage;
  if (text.length <= maxLength) return passage;
  const sentences = splitSentences(text);
  const words = sentences.map(({ start, end }) => new Set(contentWords(text.slice(start, end))));
  const asked = [...new Set(contentWords(question))].map((word) => {
    const count = words.filter((each) => each.has(word)).length;
    return { word, weight: count === 0 ? 0 : Math.log(1 + sentences.length / count) };
  });
  const scores = words.map((each) =>
    asked.reduce((sum, { word, weight }) => (each.has(word) ? sum + weight : sum), BASE_SCORE),
  );
  const window = bestWindow(sentences, scores, maxLength);
  if (!window) return passage;
  const { start, end } = window;
  return { ...passage, start: passage.start + start, end: passage.start + end, text: text.slice(start, end) };
}

/** The run of sentences with the highest total score that fits. Null if not even one fits. */
function bestWindow(
  sentences: readonly { start: number; end: number }[],
  scores: readonly number[],
  maxLength: number,
): { start: number; end: number } | null {
  let best: { start: number; end: number; score: number } | null = null;
  let [from, score] = [0, 0];
  for (const [to, { end }] of sentences.entries()) {
    score += scores[to] ?? 0;
    while (from <= to && end - (sentences[from]?.start ?? end) > maxLength) {
      score -= scores[from] ?? 0;
      from += 1;
    }
    if (from <= to && score > (best?.score ?? 0)) best = { start: sentences[from]?.start ?? 0, end, score };
  }
  return best;
}
