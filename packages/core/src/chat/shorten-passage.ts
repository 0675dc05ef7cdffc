import { splitSentences } from '../text/sentences.ts';
import type { Passage } from './passage.ts';

/** Returns as many whole sentences from the start of the passage as fit. Null if not even the first one fits. */
export function shortenPassage(passage: Passage, fits: (shorter: Passage) => boolean): Passage | null {
  if (fits(passage)) return passage;
  const ends = splitSentences(passage.text).map(({ end }) => end);
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(cutAt(passage, ends[middle - 1] ?? 0))) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? null : cutAt(passage, ends[low - 1] ?? 0);
}

function cutAt(passage: Passage, length: number): Passage {
  return { ...passage, end: passage.start + length, text: passage.text.slice(0, length) };
}
