/** How speech is transcribed; plain data, since it crosses the border to a child process. */
export interface SpeechSettings {
  /** File of a whisper.cpp model. */
  modelPath: string;
  /** A code such as "en" or "de"; "auto" finds out for each file. */
  language: string;
  /** Time for one minute of the recording; the child is ended when it is exceeded. */
  minuteDeadlineMs: number;
  /** Not the fast build of the engine, which wants a newer processor. */
  portable?: boolean;
  /** Instead of the model here: a server that transcribes. */
  endpoint?: SpeechEndpoint | undefined;
}

/** A server with OpenAI's `POST /audio/transcriptions`. */
export interface SpeechEndpoint {
  /** Base address, such as http://127.0.0.1:8080/v1. */
  url: string;
  apiKey?: string | undefined;
  model: string;
}

/** What a child does with recordings: refuse them, hand them back for a child that may load native code, transcribe. */
export type SpeechMode = 'off' | 'defer' | SpeechSettings;

/** Thrown in `defer` mode; not a failure, the file goes on to another child. */
export class SpeechNeeded extends Error {
  constructor() {
    super('the file is a recording');
    this.name = 'SpeechNeeded';
  }
}

/** A stretch of speech and its place in the recording, in seconds. */
export interface SpeechSegment {
  text: string;
  start: number;
  end: number;
}

export const SAMPLE_RATE = 16_000;
