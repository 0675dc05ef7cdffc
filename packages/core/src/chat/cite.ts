import type { Citation } from '@lorebox/contract/chat';
import type { SpeechTimes } from '@lorebox/ports/speech-times';
import { contentWords, overlap } from '../text/content-words.ts';
import { type Span, splitSentences } from '../text/sentences.ts';
import { timesWithin } from '../text/times-within.ts';
import type { Passage } from './passage.ts';

const MARKER = /\[(\d+)\]/g;

/**
 * Returns the passages that the answer cites, each narrowed to the sentences that support the citing sentences. `times`
 * contains the speech times of each passage, so that a citation of a recording starts at the right second.
 */
export function cite(
  answer: string,
  passages: readonly Passage[],
  times: readonly (SpeechTimes | null)[] = [],
): Citation[] {
  const claims = claimsByNumber(answer);
  return passages.flatMap((passage) => {
    const claimed = claims.get(passage.n);
    return claimed ? [narrow(passage, claimed, times[passage.n - 1] ?? null)] : [];
  });
}

/** Maps each citation number to the sentences that cite it. */
function claimsByNumber(answer: string): Map<number, string[]> {
  const claims = new Map<number, string[]>();
  let before = '';
  for (const span of splitSentences(answer)) {
    const sentence = answer.slice(span.start, span.end);
    const words = sentence.replace(MARKER, ' ').trim();
    for (const [, digits] of sentence.matchAll(MARKER)) {
      const n = Number(digits);
      const list = claims.get(n) ?? [];
      list.push(words || before);
      claims.set(n, list);
    }
    if (words) before = words;
  }
  return claims;
}

/** A sentence supports the claim if its score is at least this share of the best one. */
const NEAR_BEST = 0.7;
/** Supporting sentences that are further apart, in characters, aren't joined into one range. */
const MAX_GAP = 400;

function narrow({ score: _, ...passage }: Passage, claims: readonly string[], times: SpeechTimes | null): Citation {
  const sentences = splitSentences(passage.text);
  const best = claims.flatMap((claim) => supporting(passage.text, sentences, claim));
  const range = joinSpans(best);
  const cited = { ...passage, origin: 'model' as const, sentences: [] };
  if (!range) return cited;
  const text = passage.text.slice(range.start, range.end);
  const start = passage.start + range.start;
  const end = passage.start + range.end;
  return { ...cited, ...timesWithin(times, start, end), start, end, text };
}

function supporting(text: string, sentences: readonly Span[], claim: string): Span[] {
  const words = contentWords(claim);
  const scored = sentences.map((span) => ({
    span,
    score: overlap(words, new Set(contentWords(text.slice(span.start, span.end)))),
  }));
  const top = Math.max(0, ...scored.map(({ score }) => score));
  if (top === 0) return [];
  return scored.filter(({ score }) => score >= top * NEAR_BEST).map(({ span }) => span);
}

function joinSpans(spans: readonly Span[]): Span | null {
  const [first] = spans;
  if (!first) return null;
  let joined: Span = { ...first };
  for (const span of spans.slice(1)) {
    const gap = Math.max(span.start - joined.end, joined.start - span.end);
    if (gap <= MAX_GAP) joined = { start: Math.min(joined.start, span.start), end: Math.max(joined.end, span.end) };
  }
  return joined;
}
