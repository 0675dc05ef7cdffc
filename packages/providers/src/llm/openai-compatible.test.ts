import { type FakeOpenAi, startFakeOpenAi } from '@lorebox/testkit/fake-openai';
import { ask, collect, reasoningOf, testLanguageModel, textOf } from '@lorebox/testkit/llm-conformance';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOpenAiModel } from './openai-compatible.ts';
import { createOpenAiProvider } from './openai-provider.ts';

interface Sent {
  content?: unknown;
}

testLanguageModel('OpenAI-compatible', async () => {
  const server = await startFakeOpenAi();
  return {
    server,
    model: createOpenAiModel({ baseUrl: `${server.url}/v1`, name: 'small-chat' }),
    unreachable: createOpenAiModel({ baseUrl: 'http://127.0.0.1:2/v1', name: 'small-chat' }),
    sentImages: () => {
      const parts = ((server.requests.at(-1)?.body.messages ?? []) as Sent[]).flatMap(({ content }) =>
        Array.isArray(content) ? content : [],
      );
      const urls = parts.flatMap((part) => (part.type === 'image_url' ? [String(part.image_url.url)] : []));
      return urls.map((url) => url.replace('data:image/png;base64,', ''));
    },
  };
});

describe('an OpenAI-compatible server', () => {
  let fake: FakeOpenAi;
  beforeEach(async () => {
    fake = await startFakeOpenAi({ apiKey: 'right' });
  });
  afterEach(() => fake.close());
  const provider = (apiKey = 'right') =>
    createOpenAiProvider({ baseUrl: `${fake.url}/v1`, apiKey, contextWindow: 4096 });

  it('removes thinking tags from the text', async () => {
    Object.assign(fake, { thinking: 'a plan', thinkingAs: 'inline', reply: 'The answer.' });
    const model = createOpenAiModel({ baseUrl: `${fake.url}/v1`, apiKey: 'right', name: 'small-chat' });
    const parts = await collect(model, ask());
    expect([reasoningOf(parts).trim(), textOf(parts)]).toEqual(['a plan', 'The answer.']);
  });

  it('reports a rejected key', async () => {
    const model = createOpenAiModel({ baseUrl: `${fake.url}/v1`, apiKey: 'wrong', name: 'small-chat' });
    const error = { code: 'MODEL_FAILED', message: expect.stringMatching(/rejected the API key/) };
    await expect(collect(model, ask())).rejects.toMatchObject(error);
    await expect(provider('wrong').find('small-chat')).rejects.toMatchObject(error);
    expect((await provider('wrong').list()).status).toMatchObject({
      available: false,
      message: expect.stringMatching(/key/),
    });
  });

  it('uses the window reported by the server, or else the configured one', async () => {
    fake.models = [{ id: 'a', contextLength: 32_000 }, { id: 'b' }];
    expect(await provider().find('a')).toMatchObject({ id: 'openai:a', contextWindow: 32_000 });
    expect(await provider().find('b')).toMatchObject({ contextWindow: 4096 });
    await expect(provider().find('c')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
  });

  it('lists only chat models, and is never chosen automatically', async () => {
    const { models, status } = await provider().list();
    expect(models.map(({ id }) => id)).toEqual(['openai:small-chat']);
    expect(status.available).toBe(true);
    expect(await provider().first()).toBeNull();
  });

  it('reports that a different kind of server responded', async () => {
    const wrong = createOpenAiProvider({ baseUrl: fake.url, contextWindow: 4096 });
    await expect(wrong.find('a')).rejects.toThrow(/usually ends with \/v1/);
  });
});
