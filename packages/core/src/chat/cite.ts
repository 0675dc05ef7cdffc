import type { Citation, Source } from '@lorebox/contract/chat';
import type { SpeechTimes } from '@lorebox/ports/speech-times';
import { contentWords, overlap } from '../text/content-words.ts';
import { type Span, splitSentences } from '../text/sentences.ts';
import { timesWithin } from '../text/times-within.ts';

const MARKER = /\[(\d+)\]/g;

/**
 * The sources that the answer cites, each narrowed to the sentences that support what it is cited for. `times` of each
 * source, in their order: a citation of a recording opens at its own second.
 */
export function cite(
  answer: string,
  sources: readonly Source[],
  times: readonly (SpeechTimes | null)[] = [],
): Citation[] {
  const claims = claimsByNumber(answer);
  return sources.flatMap((source) => {
    const claimed = claims.get(source.n);
    return claimed ? [narrow(source, claimed, times[source.n - 1] ?? null)] : [];
  });
}

/** What stands in front of each marker: the sentences that it is cited for. */
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

/** A sentence counts as support from this share of the best one on. */
const NEAR_BEST = 0.7;
/** Supporting sentences further apart than this are not put into one range. */
const MAX_GAP = 400;

function narrow({ score: _, ...source }: Source, claims: readonly string[], times: SpeechTimes | null): Citation {
  const sentences = splitSentences(source.text);
  const best = claims.flatMap((claim) => supporting(source.text, sentences, claim));
  const range = joinSpans(best);
  if (!range) return source;
  const text = source.text.slice(range.start, range.end);
  const start = source.start + range.start;
  const end = source.start + range.end;
  return { ...source, ...timesWithin(times, start, end), start, end, text };
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
