import { expect, it } from 'vitest';
import { cleanSegments } from './clean-segments.ts';
import { SAMPLE_RATE } from './settings.ts';

/** Loud for six seconds, silent for four. */
const samples = Float32Array.from({ length: 10 * SAMPLE_RATE }, (_, i) => (i < 6 * SAMPLE_RATE ? Math.sin(i / 7) : 0));
const clean = (...segments: [text: string, start: number, end: number][]) =>
  cleanSegments(
    segments.map(([text, start, end]) => ({ text, start, end })),
    samples,
    SAMPLE_RATE,
  );

it('drops sound descriptions and words over silence', () => {
  const kept = clean([' [Music]', 0, 1], [' (applause)', 1, 2], ['♪♪', 2, 3], [' Hello.', 3, 5], [' Thank you.', 7, 9]);
  expect(kept.map(({ text }) => text)).toEqual(['Hello.']);
});

it('drops repetitions of a stuck model, but not natural ones', () => {
  const stuck = clean([' I see. I see. I see. I see. I see. I see. Go on.', 0, 5]);
  expect(stuck[0]?.text).toBe('I see. Go on.');
  expect(clean([' No, no, no.', 0, 2])[0]?.text).toBe('No, no, no.');
  const same = clean([' Yes.', 0, 1], [' Yes.', 1, 2], [' yes', 2, 3], [' Yes.', 3, 4]);
  expect(same.length).toBe(2);
});

it('limits times to the sound and the length of the recording', () => {
  const [segment] = clean([' Late.', 4, 30]);
  expect(segment?.start).toBeCloseTo(4, 1);
  expect(segment?.end).toBeCloseTo(6, 1);
});

it('handles a text that repeats one word many times', () => {
  const text = 'word '.repeat(20_000);
  expect(clean([text, 0, 5])[0]?.text).toBe('word');
});
