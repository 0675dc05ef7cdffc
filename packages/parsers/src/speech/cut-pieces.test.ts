import { expect, it } from 'vitest';
import { cutPieces } from './cut-pieces.ts';
import { Resampler } from './resample.ts';
import { SAMPLE_RATE } from './settings.ts';

async function* stream(samples: Float32Array, size: number): AsyncGenerator<Float32Array> {
  for (let at = 0; at < samples.length; at += size) yield samples.slice(at, at + size);
}

it('splits at quiet points, and loses no samples', async () => {
  // A pause at 8.5 to 9 s of every ten.
  const samples = Float32Array.from({ length: 25 * SAMPLE_RATE }, (_, i) => {
    const time = (i / SAMPLE_RATE) % 10;
    return time > 8.5 && time < 9 ? 0 : Math.sin(i / 5);
  });
  const pieces = [];
  for await (const piece of cutPieces(stream(samples, 1000), 10)) pieces.push(piece);
  expect(pieces[1]?.start).toBeGreaterThan(8.5);
  expect(pieces[1]?.start).toBeLessThan(9);
  expect(pieces.reduce((sum, piece) => sum + piece.samples.length, 0)).toBe(samples.length);
  for (const piece of pieces) expect(piece.samples.length).toBeLessThanOrEqual(10 * SAMPLE_RATE);
});

it('yields nothing for empty input', async () => {
  const pieces = [];
  for await (const piece of cutPieces(stream(new Float32Array(0), 10), 10)) pieces.push(piece);
  expect(pieces).toEqual([]);
});

it.each([8000, 22_050, 44_100, 48_000])('keeps the pitch and loudness of a tone at %i Hz', (rate) => {
  const resampler = new Resampler(rate);
  const parts: number[] = [];
  for (let second = 0; second < 4; second++) {
    const part = Float32Array.from({ length: rate }, (_, i) =>
      Math.sin((2 * Math.PI * 440 * (second * rate + i)) / rate),
    );
    parts.push(...resampler.push(part));
  }
  parts.push(...resampler.finish());
  expect(Math.abs(parts.length - 4 * SAMPLE_RATE)).toBeLessThan(4);
  const wrong = parts.map((sample, i) => Math.abs(sample - Math.sin((2 * Math.PI * 440 * i) / SAMPLE_RATE)));
  expect(Math.max(...wrong.slice(200, -200))).toBeLessThan(0.02);
});

it('removes frequencies that 16 kHz cannot represent', () => {
  const resampler = new Resampler(48_000);
  const high = Float32Array.from({ length: 48_000 }, (_, i) => Math.sin((2 * Math.PI * 12_000 * i) / 48_000));
  expect(Math.max(...resampler.push(high).slice(200))).toBeLessThan(0.02);
});
