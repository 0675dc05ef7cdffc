import { testEmbedder } from '@lorebox/testkit/embedder-conformance';
import { type FakeOpenAi, startFakeOpenAi } from '@lorebox/testkit/fake-openai';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOpenAiEmbedder } from './openai.ts';

testEmbedder('OpenAI-compatible', async () => {
  const fake = await startFakeOpenAi();
  return {
    embedder: createOpenAiEmbedder({ baseUrl: `${fake.url}/v1`, model: 'small-embed' }),
    close: () => fake.close(),
  };
});

describe('embeddings of an OpenAI-compatible server', () => {
  let fake: FakeOpenAi;
  beforeEach(async () => {
    fake = await startFakeOpenAi({ apiKey: 'right', models: [{ id: 'multilingual-e5-small' }] });
  });
  afterEach(() => fake.close());
  const create = (options: { apiKey?: string; model?: string; baseUrl?: string } = {}) =>
    createOpenAiEmbedder({ baseUrl: `${fake.url}/v1`, apiKey: 'right', model: 'multilingual-e5-small', ...options });

  it("sends the key and the model's prefix", async () => {
    const embedder = create();
    await embedder.embed(['a'], 'passage');
    expect(fake.requests.at(-1)).toMatchObject({
      headers: { authorization: 'Bearer right' },
      body: { input: ['passage: a'] },
    });
    expect([embedder.modelId, embedder.dimension, embedder.maxTokens]).toEqual([
      'openai:multilingual-e5-small',
      64,
      512,
    ]);
  });

  it('explains what is wrong', async () => {
    const failing = (options: Parameters<typeof create>[0]) => create(options).embed(['a'], 'query');
    await expect(failing({ apiKey: 'wrong' })).rejects.toMatchObject({
      code: 'EMBEDDER_FAILED',
      message: expect.stringMatching(/key/),
    });
    await expect(failing({ model: 'none' })).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
    await expect(failing({ baseUrl: 'http://127.0.0.1:2/v1' })).rejects.toMatchObject({ code: 'MODEL_UNREACHABLE' });
  });

  it.each(['error-500', 'wrong-count', 'cut'] as const)('fails with an embedder error: %s', async (fault) => {
    fake.faults = fault;
    await expect(create().embed(['a', 'b'], 'passage')).rejects.toMatchObject({ code: 'EMBEDDER_FAILED' });
  });

  it('forwards an abort to the server', async () => {
    fake.faults = 'stall';
    const controller = new AbortController();
    const embedding = create().embed(['a'], 'passage', controller.signal);
    await vi.waitFor(() => expect(fake.requests).toHaveLength(1));
    controller.abort(new Error('gone'));
    await expect(embedding).rejects.toThrow('gone');
    await vi.waitFor(() => expect(fake.aborted).toBe(1));
  });
});
