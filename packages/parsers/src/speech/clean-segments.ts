import { isSilent, soundWithin } from './loudness.ts';
import type { SpeechSegment } from './settings.ts';

const MAX_SAME_IN_A_ROW = 2;
/** Longer runs of one phrase are a model that got stuck. */
const MAX_PHRASE_REPEATS = 3;
const MAX_PHRASE_WORDS = 12;
/** "[Music]", "(applause)", "*laughs*", notes, and nothing at all. */
const NO_SPEECH = /^[\s♪♫.…-]*$|^\s*(?:\[[^\]]*\]|\([^)]*\)|\*[^*]*\*)[\s.]*$/;

/** Leaves out what nobody said: marks of sounds, words over silence, and what a stuck model repeats. */
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
    if (NO_SPEECH.test(segment.text)) continue;
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

/** The phrase at a word that is repeated most; a single word once where nothing is. */
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
