import { join } from 'node:path';

/** The speech model in this repository. */
export const shippedSpeechModel = {
  id: 'whisper-base-q5_1',
  modelPath: join(import.meta.dirname, '..', 'model', 'ggml-base-q5_1.bin'),
  sha256: '450bfb34804f4ffc49fcac64c704412e3b0bde811fb9f44bc916f0c2c5235fef',
} as const;
