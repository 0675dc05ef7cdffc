import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { SpeechPoolOptions } from '@lorebox/parsers/pool';
import { isLoopback } from '@lorebox/providers/is-loopback';
import { shippedSpeechModel } from '@lorebox/speech-model';
import type { Env } from '../env.ts';

const USUAL_MODEL = 'whisper-1';

/** What the environment says about recordings; undefined when they are not to be transcribed. */
export function speechOptions(env: Env): SpeechPoolOptions | undefined {
  if (env.LOREBOX_SPEECH === 'off') return undefined;
  const endpoint = findEndpoint(env);
  return {
    modelPath: findModel(env),
    language: env.LOREBOX_SPEECH_LANGUAGE,
    minuteDeadlineMs: env.LOREBOX_SPEECH_MINUTE_SECONDS * 1000,
    endpoint,
    isRemote: endpoint !== undefined && !isLoopback(endpoint.url),
  };
}

/** A server of its own, or with "openai:MODEL" the one that answers questions, too. */
function findEndpoint(env: Env): SpeechPoolOptions['endpoint'] {
  const { LOREBOX_SPEECH_MODEL: model, LOREBOX_SPEECH_URL: own } = env;
  const named = /^openai:(.+)$/.exec(model)?.[1];
  if (own) {
    return {
      url: own,
      apiKey: env.LOREBOX_SPEECH_API_KEY,
      model: named ?? (model === 'shipped' ? USUAL_MODEL : model),
    };
  }
  if (!named || !env.LOREBOX_OPENAI_URL) return undefined;
  return { url: env.LOREBOX_OPENAI_URL, apiKey: env.LOREBOX_OPENAI_API_KEY, model: named };
}

/** A name means a file in the folder for models, with or without its ending. */
function findModel({ LOREBOX_SPEECH_MODEL: name, LOREBOX_DATA_DIR: data }: Env): string {
  if (name === 'shipped') return shippedSpeechModel.modelPath;
  if (isAbsolute(name)) return name;
  const path = join(data, 'models', 'speech', name);
  return existsSync(path) ? path : `${path}.bin`;
}
