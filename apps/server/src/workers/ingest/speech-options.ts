import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { SpeechPoolOptions } from '@lorebox/parsers/pool';
import { isLoopback } from '@lorebox/providers/is-loopback';
import { shippedSpeechModel } from '@lorebox/speech-model';
import type { Config } from '../../config.ts';

const USUAL_MODEL = 'whisper-1';

/** Undefined if transcription is turned off. */
export function speechOptions(config: Config): SpeechPoolOptions | undefined {
  const { isEnabled, language, minuteTimeoutMs } = config.speech;
  if (!isEnabled) return undefined;
  const endpoint = findEndpoint(config);
  return {
    modelPath: findModel(config),
    language,
    minuteDeadlineMs: minuteTimeoutMs,
    endpoint,
    isRemote: endpoint !== undefined && !isLoopback(endpoint.url),
  };
}

/** The transcription server or, with "openai:MODEL", the OpenAI-compatible server that also answers questions. */
function findEndpoint({ speech, chat }: Config): SpeechPoolOptions['endpoint'] {
  const { model, server } = speech;
  const named = /^openai:(.+)$/.exec(model)?.[1];
  if (server) return { ...server, model: named ?? (model === 'shipped' ? USUAL_MODEL : model) };
  return named && chat.openai ? { ...chat.openai, model: named } : undefined;
}

/** A name refers to a file in the models folder, with or without its extension. */
function findModel({ speech, dataDir }: Config): string {
  const { model: name } = speech;
  if (name === 'shipped') return shippedSpeechModel.modelPath;
  if (isAbsolute(name)) return name;
  const path = join(dataDir, 'models', 'speech', name);
  return existsSync(path) ? path : `${path}.bin`;
}
