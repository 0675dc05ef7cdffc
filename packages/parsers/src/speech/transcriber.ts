import type { SpeechSegment } from './settings.ts';

/** Turns a stretch of sound into text. */
export interface Transcriber {
  /** The longest stretch that it takes at a time. */
  maxSeconds: number;
  /**
   * `samples`: one channel of 16 kHz; times of the result are in seconds from its start. `language`: a code, or "auto"
   * to find out.
   */
  transcribe(samples: Float32Array, language: string): Promise<Transcription>;
}

export interface Transcription {
  segments: SpeechSegment[];
  /** Code of the language that was spoken; undefined where it is not told. */
  language?: string | undefined;
}
