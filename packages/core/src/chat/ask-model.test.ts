import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { askModel } from './ask-model.ts';
import type { ModelCall, ModelPart } from './stream-model.ts';

const CALL: ModelCall = { prompt: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }] };
let test: TestCore;

beforeEach(async () => {
  test = await createTestCore({ limits: { answersPerCaller: 1 }, settings: { allowedModels: ['test:*'] } });
});
afterEach(() => test.close());

async function collect(
  modelId = 'small',
  actor = test.keyActor(['chat']),
  signal = new AbortController().signal,
  call = CALL,
) {
  test.model.inputTokens = () => 10;
  const parts: ModelPart[] = [];
  for await (const part of askModel(test.core, actor, modelId, call, signal)) parts.push(part);
  return parts;
}

it('streams the reply of the model, and stores nothing', async () => {
  test.model.reply = 'Hello there';
  expect(await collect()).toEqual([
    { type: 'text', text: 'Hello' },
    { type: 'text', text: ' there' },
    { type: 'finish', reason: 'stop', usage: { inputTokens: 10, outputTokens: 2 } },
  ]);
  expect(test.connection.raw.prepare('select count(*) count from messages').get()).toEqual({ count: 0 });
});

it('requires chat, a key that is not bound, and an allowed model', async () => {
  await expect(collect('small', test.keyActor(['models:read']))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const bound = test.keyActor(['chat'], { workspaceId: 'ws_1' });
  await expect(collect('small', bound)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(collect('remote:large')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(collect('missing')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
});

it('rejects images and tools that the model cannot use, before the call', async () => {
  const image = { type: 'file' as const, mediaType: 'image/png', data: { type: 'data' as const, data: 'aaaa' } };
  const tool = { type: 'function' as const, name: 'x', inputSchema: { type: 'object' as const } };
  const withImage: ModelCall = { prompt: [{ role: 'user', content: [image] }] };
  const withTool: ModelCall = { ...CALL, tools: [tool] };
  const ask = (call: ModelCall) => collect('small', undefined, undefined, call);
  test.model.accepts = { images: false, tools: false, thinking: null };
  const error = (message: RegExp) => ({ code: 'UNPROCESSABLE', message: expect.stringMatching(message) });
  await expect(ask(withImage)).rejects.toMatchObject(error(/"test:small" can't read images\. Choose a vision model/));
  await expect(ask(withTool)).rejects.toMatchObject(error(/"test:small" can't call tools/));
  expect(test.model.calls).toEqual([]);
  await ask({ ...withTool, toolChoice: { type: 'none' } });
  test.model.accepts = { images: null, tools: null, thinking: null };
  await ask(withImage);
  await ask(withTool);
  expect(test.model.calls).toHaveLength(3);
});

it('reports CANCELLED when the caller disconnects, and releases its slot', async () => {
  const controller = new AbortController();
  test.model.reply = async function* () {
    yield 'Hello';
    controller.abort();
    throw new Error('aborted');
  };
  await expect(collect('small', undefined, controller.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
  test.model.reply = 'Fine';
  expect(await collect()).toHaveLength(2);
});
