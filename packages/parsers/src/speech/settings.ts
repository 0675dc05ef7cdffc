/** Transcription settings. Plain data, because it is sent to a child process. */
export interface SpeechSettings {
  /** Path of a whisper.cpp model. */
  modelPath: string;
  /** Language code such as "en" or "de"; "auto" detects it for each file. */
  language: string;
  /** Time for one minute of the recording in milliseconds. The child is terminated when it is exceeded. */
  minuteDeadlineMs: number;
  /** Use the portable build instead of the fast one, which requires a newer processor. */
  portable?: boolean;
  /** Transcription server to use instead of the local model. */
  endpoint?: SpeechEndpoint | undefined;
}

/** A server with OpenAI's `POST /audio/transcriptions`. */
export interface SpeechEndpoint {
  /** Base URL, such as http://127.0.0.1:8080/v1. */
  url: string;
  apiKey?: string | undefined;
  model: string;
}

/**
 * How a child handles recordings: reject them, hand them back for a child that may load native code, or transcribe
 * them.
 */
export type SpeechMode = 'off' | 'defer' | SpeechSettings;

/** Thrown in `defer` mode. Not a failure: the file goes to another child. */
export class SpeechNeeded extends Error {
  constructor() {
    super('the file is a recording');
    this.name = 'SpeechNeeded';
  }
}

/** Transcribed speech with its position in the recording, in seconds. */
export interface SpeechSegment {
  text: string;
  start: number;
  end: number;
}

export const SAMPLE_RATE = 16_000;
