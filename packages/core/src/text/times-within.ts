import type { SpeechTimes } from '@lorebox/ports/speech-times';

export interface TimeRange {
  startTime: number | null;
  endTime: number | null;
}

/** First and last second of the speech between two offsets; nulls if there is none. */
export function timesWithin(times: SpeechTimes | null, start: number, end: number): TimeRange {
  const said = times?.filter(([offset], i) => offset < end && (times[i + 1]?.[0] ?? Number.POSITIVE_INFINITY) > start);
  const first = said?.[0];
  const last = said?.at(-1);
  return { startTime: first?.[1] ?? null, endTime: last?.[2] ?? null };
}

/** Joins the times of adjacent chunks. */
export function joinTimes(chunks: readonly { times: SpeechTimes | null }[]): SpeechTimes | null {
  const joined = chunks.flatMap(({ times }) => times ?? []);
  return joined.length === 0 ? null : joined;
}
