import { quietestSpot } from './loudness.ts';
import { SAMPLE_RATE } from './settings.ts';

export interface SoundPiece {
  /** Seconds from the start of the recording. */
  start: number;
  samples: Float32Array;
}

/** Splits a stream of samples into pieces of at most `maxSeconds` at quiet points. Holds at most two pieces. */
export async function* cutPieces(stream: AsyncIterable<Float32Array>, maxSeconds: number): AsyncGenerator<SoundPiece> {
  const size = maxSeconds * SAMPLE_RATE;
  let parts: Float32Array[] = [];
  let length = 0;
  let start = 0;
  for await (const part of stream) {
    parts.push(part);
    length += part.length;
    while (length >= size) {
      const all = join(parts, length);
      const cut = quietestSpot(all, Math.floor(size * 0.7), size);
      yield { start: start / SAMPLE_RATE, samples: all.slice(0, cut) };
      start += cut;
      parts = [all.slice(cut)];
      length -= cut;
    }
  }
  if (length > 0) yield { start: start / SAMPLE_RATE, samples: join(parts, length) };
}

function join(parts: readonly Float32Array[], length: number): Float32Array {
  const all = new Float32Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
