import { contentWords } from './content-words.ts';
import { type Span, splitSentences } from './sentences.ts';

export interface KeySentence extends Span {
  score: number;
}

const MIN_WORDS = 5;
const MAX_LENGTH = 600;
/** Sentences near the start of a text introduce it. */
const LEAD_SENTENCES = 3;
const LEAD_BONUS = 1.5;
/** Parts of a text that are each represented. */
const MIN_PARTS = 6;
/** A sentence that repeats this share of the words of a better one adds nothing. */
const MAX_SHARED = 0.7;

/**
 * The sentences that say most about a text, in reading order: those with the words that are frequent in it, from all of
 * its parts. Their lengths add up to at most `maxLength` characters.
 */
export function keySentences(text: string, maxLength: number): KeySentence[] {
  const seen = new Set<string>();
  const sentences = splitSentences(text).flatMap(({ start, end }) => {
    const words = contentWords(text.slice(start, end));
    const key = words.join(' ');
    if (words.length < MIN_WORDS || end - start > MAX_LENGTH || seen.has(key)) return [];
    seen.add(key);
    return [{ start, end, words: [...new Set(words)] }];
  });
  const counts = new Map<string, number>();
  for (const { words } of sentences) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  // Words of the topic come up often, but words in every sentence say nothing.
  const weigh = (count: number) => Math.log(1 + count) * Math.log(1 + sentences.length / count);
  const scored = sentences.map(({ start, end, words }, i) => {
    const weight = words.reduce((sum, word) => sum + weigh(counts.get(word) ?? 1), 0) / Math.sqrt(words.length);
    return { start, end, words, score: i < LEAD_SENTENCES ? weight * LEAD_BONUS : weight };
  });
  return pickFromAllParts(scored, text.length, maxLength).sort((a, b) => a.start - b.start);
}

type Scored = KeySentence & { words: string[] };

/** Takes the best sentence of each part of the text in turn, so that no part dominates. */
function pickFromAllParts(sentences: readonly Scored[], length: number, maxLength: number): KeySentence[] {
  const parts = Math.max(MIN_PARTS, Math.ceil(maxLength / MAX_LENGTH));
  const queues = Array.from({ length: parts }, (_, part) =>
    sentences
      .filter(({ start }) => Math.min(parts - 1, Math.floor((start / length) * parts)) === part)
      .sort((a, b) => b.score - a.score),
  );
  const chosen: Scored[] = [];
  const skipped: Scored[] = [];
  let left = maxLength;
  const take = (sentence: Scored) => {
    if (sentence.end - sentence.start > left) return;
    chosen.push(sentence);
    left -= sentence.end - sentence.start;
  };
  for (let hasMore = true; hasMore; ) {
    hasMore = false;
    for (const queue of queues) {
      const next = queue.shift();
      if (!next) continue;
      hasMore = true;
      if (chosen.some((other) => repeats(next, other))) skipped.push(next);
      else take(next);
    }
  }
  // Forms and logs repeat the same sentences with other values. Some of them say more than none.
  if (left > maxLength / 2) for (const sentence of skipped) take(sentence);
  return chosen.map(({ words: _, ...sentence }) => sentence);
}

function repeats(sentence: Scored, other: Scored): boolean {
  const known = new Set(other.words);
  return sentence.words.filter((word) => known.has(word)).length > MAX_SHARED * sentence.words.length;
}
