import type { Citation } from '@lorebox/contract/chat';
import type { SpeechTimes } from '@lorebox/ports/speech-times';
import { contentWords, overlap } from '../text/content-words.ts';
import { type Span, splitSentences } from '../text/sentences.ts';
import { timesWithin } from '../text/times-within.ts';
import type { Passage } from './passage.ts';
import type { CitedClaim } from './sentence-citer.ts';

/** A sentence supports the claim if its score is at least this share of the best one. */
const NEAR_BEST = 0.7;
/** Supporting sentences that are further apart, in characters, aren't joined into one range. */
const MAX_GAP = 400;

/**
 * Returns the passages that the answer cites, each narrowed to the sentences that support the citing sentences. `times`
 * contains the speech times of each passage, so that a citation of a recording starts at the right second.
 */
export function cite(
  claims: readonly CitedClaim[],
  passages: readonly Passage[],
  times: readonly (SpeechTimes | null)[] = [],
): Citation[] {
  return passages.flatMap((passage) => {
    const own = claims.filter(({ n }) => n === passage.n);
    return own.length > 0 ? [narrow(passage, own, times[passage.n - 1] ?? null)] : [];
  });
}

function narrow({ score: _, ...passage }: Passage, claims: readonly CitedClaim[], times: SpeechTimes | null): Citation {
  const sentences = splitSentences(passage.text);
  const best = claims.flatMap(({ text }) => supporting(passage.text, sentences, text));
  const range = joinSpans(best);
  const cited: Citation = {
    ...passage,
    origin: claims.some(({ origin }) => origin === 'model') ? 'model' : 'matched',
    sentences: claims.map(({ start, end, origin }) => ({ start, end, origin })).sort((a, b) => a.start - b.start),
  };
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
