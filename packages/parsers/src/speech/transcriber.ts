import type { SpeechSegment } from './settings.ts';

/** Converts audio to text. */
export interface Transcriber {
  /** Maximum length of the audio per call. */
  maxSeconds: number;
  /**
   * `samples`: one channel at 16 kHz. Times in the result are in seconds from its start. `language`: a code, or "auto"
   * to detect it.
   */
  transcribe(samples: Float32Array, language: string): Promise<Transcription>;
}

export interface Transcription {
  segments: SpeechSegment[];
  /** Code of the spoken language. Undefined if unknown. */
  language?: string | undefined;
}
