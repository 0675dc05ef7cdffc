import { ParseFailure } from '@lorebox/ports/parser';
import type { DocumentBuilder } from '../document-builder.ts';
import type { AudioFile } from './audio-file.ts';
import { cleanSegments } from './clean-segments.ts';
import { cutPieces } from './cut-pieces.ts';
import { leadingSilence, mayHoldSpeech } from './loudness.ts';
import { SAMPLE_RATE, type SpeechSegment } from './settings.ts';
import type { Transcriber, Transcription } from './transcriber.ts';

/** Shorter segments are joined until a sentence ends, because models split at breaths. */
const BLOCK_SECONDS = 10;
/** A pause that separates blocks, whether or not the model detected the end of a sentence. */
const PAUSE_SECONDS = 1;
const MIN_SECONDS = 1.25;
/** A transcript of that many words with hardly any different ones is what a model writes about noise. */
const MIN_REPEATED_WORDS = 40;
const MIN_DISTINCT_SHARE = 0.08;
const SENTENCE_END = /[.!?…。！？]["'”’)]*$/;

/** Adds the speech to the document, one block per few seconds. Resolves to the length of the recording in seconds. */
export async function transcribe(
  document: DocumentBuilder,
  audio: AudioFile,
  transcriber: Transcriber,
  language: string,
  onMinute: (minute: number, minutes: number) => Promise<void>,
): Promise<number> {
  let open: SpeechSegment | undefined;
  let heard = 0;
  let spoken = language;
  const distinct = new Set<string>();
  let words = 0;
  const flush = () => {
    if (open) document.add('paragraph', open.text, { startTime: open.start, endTime: open.end });
    open = undefined;
  };
  for await (const { start, samples } of cutPieces(audio.pieces(), transcriber.maxSeconds)) {
    heard = start + samples.length / SAMPLE_RATE;
    const minutes = Math.max(1, Math.ceil(Math.max(audio.duration, heard) / 60));
    await onMinute(Math.min(minutes, Math.floor(start / 60) + 1), minutes);
    const piece = await transcribePiece(samples, transcriber, spoken);
    // Detect the language once, because another detection costs as much as the transcription.
    if (piece.segments.length > 0) spoken = piece.language ?? spoken;
    for (const segment of piece.segments) {
      for (const word of segment.text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
        distinct.add(word);
        words++;
      }
      const placed = { text: segment.text, start: start + segment.start, end: start + segment.end };
      if (open && placed.start - open.end >= PAUSE_SECONDS) flush();
      open = open ? { text: `${open.text} ${placed.text}`, start: open.start, end: placed.end } : placed;
      if (SENTENCE_END.test(open.text) || open.end - open.start >= BLOCK_SECONDS) flush();
    }
  }
  flush();
  if (words >= MIN_REPEATED_WORDS && distinct.size < words * MIN_DISTINCT_SHARE) {
    throw new ParseFailure(
      'empty',
      'The transcript only repeats a few words, so it was discarded. If the recording contains speech, upload a clearer copy.',
    );
  }
  return heard;
}

/** Models reject shorter sound. The rest is silence. */
function padToMinimum(samples: Float32Array): Float32Array {
  const minimum = MIN_SECONDS * SAMPLE_RATE;
  if (samples.length >= minimum) return samples;
  const padded = new Float32Array(minimum);
  padded.set(samples);
  return padded;
}

async function transcribePiece(
  samples: Float32Array,
  transcriber: Transcriber,
  language: string,
): Promise<Transcription> {
  if (!mayHoldSpeech(samples)) return { segments: [] };
  const skipped = leadingSilence(samples);
  const sound = padToMinimum(samples.slice(skipped));
  const heard = await transcriber.transcribe(sound, language);
  const offset = skipped / SAMPLE_RATE;
  const segments = cleanSegments(heard.segments, sound, SAMPLE_RATE).map(({ text, start, end }) => {
    return { text, start: start + offset, end: end + offset };
  });
  return { ...heard, segments };
}
