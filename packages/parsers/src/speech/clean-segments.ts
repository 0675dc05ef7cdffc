import { isSilent, soundWithin } from './loudness.ts';
import type { SpeechSegment } from './settings.ts';

const MAX_SAME_IN_A_ROW = 2;
/** More repetitions of a phrase indicate a stuck model. */
const MAX_PHRASE_REPEATS = 3;
const MAX_PHRASE_WORDS = 12;
/** "[Music]", "(applause)", "*laughs*", musical notes, and empty text. */
const NO_SPEECH = /^[\s♪♫.…-]*$|^\s*(?:\[[^\]]*\]|\([^)]*\)|\*[^*]*\*)[\s.]*$/;

/** Drops segments that were not spoken: sound descriptions, words over silence, and repetitions of a stuck model. */
export function cleanSegments(
  segments: readonly SpeechSegment[],
  samples: Float32Array,
  rate: number,
): SpeechSegment[] {
  const length = samples.length / rate;
  const kept: SpeechSegment[] = [];
  for (const { text, start, end } of segments) {
    const from = Math.max(0, Math.min(start, length));
    const segment = { text: dropRepeats(text.trim()), start: from, end: Math.max(from, Math.min(end, length)) };
    if (NO_SPEECH.test(segment.text) || !/[\p{L}\p{N}]/u.test(segment.text)) continue;
    if (segment.end > segment.start && isSilent(samples, segment.start, segment.end)) continue;
    const before = kept.slice(-MAX_SAME_IN_A_ROW);
    const isStuck =
      before.length === MAX_SAME_IN_A_ROW && before.every((each) => fold(each.text) === fold(segment.text));
    if (!isStuck) kept.push({ ...segment, ...soundWithin(samples, segment.start, segment.end) });
  }
  return kept;
}

function dropRepeats(text: string): string {
  const words = text.split(/\s+/);
  const folded = words.map(fold);
  const kept: string[] = [];
  for (let at = 0; at < words.length; ) {
    const run = longestRun(folded, at);
    kept.push(...words.slice(at, at + run.phrase));
    at += run.count > MAX_PHRASE_REPEATS ? run.phrase * run.count : run.phrase;
  }
  return kept.join(' ');
}

/** Returns the most repeated phrase that starts at a word, or the single word if nothing is repeated. */
function longestRun(words: readonly string[], at: number): { phrase: number; count: number } {
  let best = { phrase: 1, count: 1 };
  for (let phrase = 1; phrase <= MAX_PHRASE_WORDS; phrase++) {
    let count = 1;
    const isSame = (word: string, i: number) => word === words[at + count * phrase + i];
    while (words.slice(at, at + phrase).every(isSame)) count++;
    if (count > MAX_PHRASE_REPEATS && phrase * count > best.phrase * best.count) best = { phrase, count };
  }
  return best;
}

const fold = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
