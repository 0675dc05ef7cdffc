import { SAMPLE_RATE } from './settings.ts';

const FRAME = SAMPLE_RATE * 0.03;
/** -56 dB: what a microphone records in an empty room. */
const SILENCE = 0.0015;
/** Ratio between the loud and the quiet tenth of the frames. Speech pauses between syllables; tones and noise don't. */
const MIN_CHANGE = 1.3;
const LEAD_SECONDS = 0.2;

/** Returns the root mean square of every 30 ms. */
export function frameLoudness(samples: Float32Array): Float32Array {
  const frames = new Float32Array(Math.max(1, Math.ceil(samples.length / FRAME)));
  for (let frame = 0; frame < frames.length; frame++) {
    const part = samples.subarray(frame * FRAME, (frame + 1) * FRAME);
    let sum = 0;
    for (const sample of part) sum += sample * sample;
    frames[frame] = Math.sqrt(sum / Math.max(1, part.length));
  }
  return frames;
}

/** Returns false for silence, steady tones and noise, for which models make up words. */
export function mayHoldSpeech(samples: Float32Array): boolean {
  const frames = frameLoudness(samples).sort();
  const at = (share: number) => frames[Math.min(frames.length - 1, Math.floor(share * frames.length))] ?? 0;
  return at(0.95) > SILENCE && at(0.95) > MIN_CHANGE * at(0.1);
}

/**
 * Narrows a time range in seconds to the sound in it, because models start words at the end of the previous ones even
 * after a pause. Anything hardly louder than the quiet tenth of the piece counts as silence.
 */
export function soundWithin(samples: Float32Array, start: number, end: number): { start: number; end: number } {
  const sorted = frameLoudness(samples).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const quiet = Math.max(SILENCE, Math.min(1.5 * at(0.1), 0.15 * at(0.95)));
  const from = Math.floor(start * SAMPLE_RATE);
  const frames = frameLoudness(samples.subarray(from, Math.ceil(end * SAMPLE_RATE)));
  const first = frames.findIndex((loudness) => loudness > quiet);
  if (first < 0) return { start, end };
  const last = frames.findLastIndex((loudness) => loudness > quiet);
  const seconds = (frame: number) => (from + frame * FRAME) / SAMPLE_RATE;
  return { start: Math.max(start, seconds(first)), end: Math.min(end, seconds(last + 1)) };
}

/** Returns true if there is only silence between two times in seconds. */
export function isSilent(samples: Float32Array, start: number, end: number): boolean {
  const part = samples.subarray(Math.floor(start * SAMPLE_RATE), Math.ceil(end * SAMPLE_RATE));
  return frameLoudness(part).every((loudness) => loudness <= SILENCE);
}

/** Returns the number of samples before the first sound, which a model would add to its first words. */
export function leadingSilence(samples: Float32Array): number {
  const first = frameLoudness(samples).findIndex((loudness) => loudness > SILENCE);
  return Math.max(0, first * FRAME - LEAD_SECONDS * SAMPLE_RATE);
}

/** Returns where to split between two sample indices: the middle of the quietest tenth of a second. */
export function quietestSpot(samples: Float32Array, from: number, to: number): number {
  const frames = frameLoudness(samples.subarray(from, to));
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i + 3 <= frames.length; i++) {
    const sum = (frames[i] ?? 0) + (frames[i + 1] ?? 0) + (frames[i + 2] ?? 0);
    if (sum < least) {
      least = sum;
      best = i;
    }
  }
  return Math.min(to, from + Math.round((best + 1.5) * FRAME));
}
