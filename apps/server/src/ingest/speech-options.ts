import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { SpeechPoolOptions } from '@lorebox/parsers/pool';
import { shippedSpeechModel } from '@lorebox/speech-model';
import type { Env } from '../env.ts';

const OPENAI_MODEL = 'whisper-1';

/** What the environment says about recordings; undefined when they are not to be transcribed. */
export function speechOptions(env: Env): SpeechPoolOptions | undefined {
  if (env.LOREBOX_SPEECH === 'off') return undefined;
  const { LOREBOX_SPEECH_MODEL: model, LOREBOX_SPEECH_URL: url, LOREBOX_SPEECH_API_KEY: apiKey } = env;
  const isShipped = model === 'shipped';
  return {
    modelPath: isShipped ? shippedSpeechModel.modelPath : findModel(env, model),
    language: env.LOREBOX_SPEECH_LANGUAGE,
    minuteDeadlineMs: env.LOREBOX_SPEECH_MINUTE_SECONDS * 1000,
    endpoint: url ? { url, apiKey, model: isShipped ? OPENAI_MODEL : model } : undefined,
  };
}

/** A name means a file in the folder for models, with or without its ending. */
function findModel(env: Env, name: string): string {
  if (isAbsolute(name)) return name;
  const path = join(env.LOREBOX_DATA_DIR, 'models', 'speech', name);
  return existsSync(path) ? path : `${path}.bin`;
}
