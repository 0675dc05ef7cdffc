import type { SpeechTimes } from '@lorebox/ports/speech-times';
import { contentWords, overlap } from '../text/content-words.ts';
import { type Span, splitSentences } from '../text/sentences.ts';
import { timesWithin } from '../text/times-within.ts';
import type { Passage, PassageCitation } from './passage.ts';
import type { CitedClaim } from './sentence-citer.ts';

/** A sentence supports the claim if its score is at least this share of the best one. */
const NEAR_BEST = 0.7;
/** Supporting sentences that are further apart, in characters, aren't joined into one range. */
const MAX_GAP = 400;

/**
 * Returns the places that the answer cites, in order of passage number: each passage is narrowed to the sentences that
 * support the citing sentences. Several sentences that are supported by places far apart in a passage make several
 * citations with the same number. `times` contains the speech times of each passage, so that a citation of a recording
 * starts at the right second.
 */
export function cite(
  claims: readonly CitedClaim[],
  passages: readonly Passage[],
  times: readonly (SpeechTimes | null)[] = [],
): PassageCitation[] {
  return passages.flatMap((passage) => {
    const own = claims.filter(({ n }) => n === passage.n);
    return own.length > 0 ? narrow(passage, own, times[passage.n - 1] ?? null) : [];
  });
}

/** Claims and the place that supports them. Null: no sentence of the passage does. */
interface Place {
  range: Span | null;
  claims: CitedClaim[];
}

function narrow(
  { score: _, ...passage }: Passage,
  claims: readonly CitedClaim[],
  times: SpeechTimes | null,
): PassageCitation[] {
  return placesOf(passage.text, claims).map(({ range, claims: supported }) => {
    const cited: PassageCitation = {
      ...passage,
      origin: supported.some(({ origin }) => origin === 'model') ? 'model' : 'matched',
      sentences: supported.map(({ start, end, origin }) => ({ start, end, origin })).sort((a, b) => a.start - b.start),
    };
    if (!range) return cited;
    const text = passage.text.slice(range.start, range.end);
    const start = passage.start + range.start;
    const end = passage.start + range.end;
    return { ...cited, ...timesWithin(times, start, end), start, end, text };
  });
}

/** Groups the claims by place. A claim without a place joins the first one. */
function placesOf(text: string, claims: readonly CitedClaim[]): Place[] {
  const sentences = splitSentences(text);
  const located = claims.map((claim) => ({
    range: joinSpans(supporting(text, sentences, claim.text)),
    claims: [claim],
  }));
  const places: Place[] = [];
  const withRange = located
    .filter(({ range }) => range !== null)
    .sort((a, b) => (a.range?.start ?? 0) - (b.range?.start ?? 0));
  for (const place of withRange) {
    const last = places.at(-1);
    if (last?.range && place.range && place.range.start - last.range.end <= MAX_GAP) {
      last.range = { start: last.range.start, end: Math.max(last.range.end, place.range.end) };
      last.claims.push(...place.claims);
    } else places.push({ ...place });
  }
  const rest = located.filter(({ range }) => range === null).flatMap((place) => place.claims);
  if (rest.length === 0) return places;
  const [first] = places;
  if (!first) return [{ range: null, claims: rest }];
  first.claims.push(...rest);
  return places;
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
