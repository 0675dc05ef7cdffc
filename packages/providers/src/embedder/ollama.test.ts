import { testEmbedder } from '@lorebox/testkit/embedder-conformance';
import { type FakeOllama, startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOllamaEmbedder } from './ollama.ts';

testEmbedder('Ollama', async () => {
  const fake = await startFakeOllama();
  return {
    embedder: createOllamaEmbedder({ baseUrl: fake.url, model: 'nomic-embed-text' }),
    close: () => fake.close(),
  };
});

describe('Ollama embeddings', () => {
  let fake: FakeOllama;
  beforeEach(async () => {
    fake = await startFakeOllama();
  });
  afterEach(() => fake.close());
  const create = (model = 'nomic-embed-text', baseUrl = fake.url) => createOllamaEmbedder({ baseUrl, model });
  const batches = () =>
    fake.requests.filter(({ path }) => path === '/api/embed').map(({ body }) => body.input as string[]);

  it("sends batches of 64 with the model's prefix", async () => {
    const embedder = create();
    expect([embedder.modelId, embedder.dimension, embedder.maxTokens]).toEqual(['ollama:nomic-embed-text', null, 512]);
    await embedder.embed(
      Array.from({ length: 130 }, (_, n) => `text ${n}`),
      'passage',
    );
    expect(batches().map(({ length }) => length)).toEqual([64, 64, 2]);
    expect(batches()[0]?.[0]).toBe('search_document: text 0');
    await embedder.embed(['why'], 'query');
    expect(batches().at(-1)).toEqual(['search_query: why']);
    expect([embedder.dimension, embedder.maxTokens]).toEqual([64, 2048]);
  });

  it('explains what to do when the server is down or the model is missing', async () => {
    const down = create('x', 'http://127.0.0.1:2').embed(['a'], 'query');
    await expect(down).rejects.toMatchObject({
      code: 'MODEL_UNREACHABLE',
      message: expect.stringMatching(/ollama serve/),
    });
    await expect(create('x').embed(['a'], 'query')).rejects.toMatchObject({
      code: 'MODEL_NOT_FOUND',
      message: expect.stringMatching(/ollama pull x/),
    });
  });

  it.each(['error-500', 'wrong-count', 'cut'] as const)('fails with an embedder error: %s', async (fault) => {
    fake.faults = fault;
    await expect(create().embed(['a', 'b'], 'passage')).rejects.toMatchObject({ code: 'EMBEDDER_FAILED' });
  });

  it('detects that the model was replaced under the same name', async () => {
    const embedder = create();
    await embedder.embed(['a'], 'passage');
    fake.embeddingDimension = 32;
    await expect(embedder.embed(['a'], 'passage')).rejects.toThrow(/32 dimensions instead of 64/);
  });

  it('forwards an abort to the server', async () => {
    fake.faults = 'stall';
    const controller = new AbortController();
    const embedding = create().embed(['a'], 'passage', controller.signal);
    await vi.waitFor(() => expect(batches()).toHaveLength(1));
    controller.abort(new Error('gone'));
    await expect(embedding).rejects.toThrow('gone');
    await vi.waitFor(() => expect(fake.aborted).toBe(1));
  });

  it('shortens the one text that the server rejects despite truncation', async () => {
    fake.embedLimitChars = 300;
    const texts = ['short', 'long '.repeat(100), 'also short'];
    const vectors = await create().embed(texts, 'passage');
    expect(vectors).toHaveLength(3);
    expect(batches().at(-1)).toEqual(['search_document: also short']);
  });
});
