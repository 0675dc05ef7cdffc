import { join } from 'node:path';
import { shippedSpeechModel } from '@lorebox/speech-model';
import { expect, it } from 'vitest';
import { readConfig } from '../../config.ts';
import { speechOptions } from './speech-options.ts';

const options = (settings: Record<string, string> = {}) =>
  speechOptions(readConfig({ LOREBOX_DATA_DIR: '/data', ...settings }));

it('uses the shipped model, and none when transcription is off', () => {
  expect(options()).toMatchObject({ modelPath: shippedSpeechModel.modelPath, language: 'auto', endpoint: undefined });
  expect(options({ LOREBOX_SPEECH: 'off' })).toBeUndefined();
});

it('looks for a named model in its folder', () => {
  const { modelPath } = options({ LOREBOX_SPEECH_MODEL: 'ggml-small' }) ?? {};
  expect(modelPath).toBe(join('/data', 'models', 'speech', 'ggml-small.bin'));
});

it('uses a separate transcription server, or the server for questions', () => {
  const own = { LOREBOX_SPEECH_URL: 'http://127.0.0.1:1/v1', LOREBOX_SPEECH_API_KEY: 'k' };
  expect(options(own)?.endpoint).toEqual({ url: own.LOREBOX_SPEECH_URL, apiKey: 'k', model: 'whisper-1' });
  expect(options({ ...own, LOREBOX_SPEECH_MODEL: 'large' })?.endpoint?.model).toBe('large');
  const shared = { LOREBOX_OPENAI_URL: 'http://127.0.0.1:2/v1', LOREBOX_OPENAI_API_KEY: 'q' };
  expect(options(shared)?.endpoint).toBeUndefined();
  const named = options({ ...shared, LOREBOX_SPEECH_MODEL: 'openai:large' });
  expect(named?.endpoint).toEqual({ url: shared.LOREBOX_OPENAI_URL, apiKey: 'q', model: 'large' });
});
