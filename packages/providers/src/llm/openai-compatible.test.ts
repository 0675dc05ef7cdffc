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

  it.each([
    ['provider-default', undefined, undefined],
    ['none', 'none', { enable_thinking: false }],
    ['low', 'low', undefined],
    ['high', 'high', undefined],
  ] as const)('reasoning %s sends effort %s', async (reasoning, effort, template) => {
    const model = createOpenAiModel({ baseUrl: `${fake.url}/v1`, apiKey: 'right', name: 'small-chat' });
    await collect(model, { ...ask(), reasoning, maxOutputTokens: 9 });
    const { body } = fake.requests.at(-1) ?? {};
    expect([body?.reasoning_effort, body?.chat_template_kwargs]).toEqual([effort, template]);
    expect(body?.max_tokens).toBe(9);
  });

  it('leaves out what a server rejects, and remembers it', async () => {
    fake.rejects = {
      reasoning_effort: 'Input should be low or high',
      max_tokens: 'Use max_completion_tokens instead.',
    };
    const model = createOpenAiModel({ baseUrl: `${fake.url}/v1`, apiKey: 'right', name: 'small-chat' });
    const call = { ...ask(), reasoning: 'none' as const, maxOutputTokens: 9 };
    expect(textOf(await collect(model, call))).not.toBe('');
    expect(fake.requests.map(({ body }) => Object.keys(body).filter((key) => /^max_|reasoning/.test(key)))).toEqual([
      ['max_tokens', 'reasoning_effort'],
      ['max_tokens'],
      ['max_completion_tokens'],
    ]);
    await collect(model, call);
    expect(fake.requests).toHaveLength(4);
    fake.rejects = { messages: 'too weird' };
    await expect(collect(model, call)).rejects.toMatchObject({ code: 'MODEL_FAILED' });
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

  it.each([
    [{}, { images: null, tools: null, thinking: null }],
    [{ architecture: { input_modalities: ['text', 'image'] } }, { images: true }],
    [
      { architecture: { input_modalities: ['text'] }, supported_parameters: ['tools'] },
      { images: false, tools: true },
    ],
    [{ capabilities: { vision: false, function_calling: true } }, { images: false, tools: true }],
    [{ capabilities: ['completion', 'tools'] }, { images: false, tools: true, thinking: null }],
    [
      { architecture: 7, capabilities: 'all' },
      { images: null, tools: null, thinking: null },
    ],
  ])('reads the features of a model: %j', async (entry, accepts) => {
    fake.models = [{ id: 'a', entry }];
    expect(await provider().find('a')).toMatchObject({ accepts, countTokens: null });
    expect((await provider().list()).models[0]).toMatchObject({ accepts });
  });

  it("reads the real window, the features and the tokenizer of llama.cpp's server", async () => {
    fake.models = [{ id: 'a', entry: { owned_by: 'llamacpp', meta: { n_ctx_train: 131_072 } } }];
    fake.props = {
      default_generation_settings: { n_ctx: 2048 },
      modalities: { vision: false },
      chat_template_caps: { supports_tools: false },
      chat_template: "{% if add_generation_prompt %}{{'<think>'}}{% endif %}",
    };
    fake.reply = 'A plan.</think>The answer.';
    const chat = await provider().find('a');
    expect(chat).toMatchObject({ contextWindow: 2048, accepts: { images: false, tools: false, thinking: null } });
    if (chat.kind !== 'language-model' || !chat.countTokens) throw new Error('no tokenizer');
    const parts = await collect(chat.model, ask());
    expect([reasoningOf(parts), textOf(parts)]).toEqual(['A plan.', 'The answer.']);
    const { signal } = new AbortController();
    const texts = Array.from({ length: 30 }, (_, n) => 'word '.repeat(n).trim());
    expect(await chat.countTokens(texts, signal)).toEqual(texts.map((_, n) => n));
    fake.faults = 'error-500';
    await expect(chat.countTokens(['x'], signal)).rejects.toMatchObject({ code: 'MODEL_FAILED' });
    await expect(chat.countTokens(['x'], AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
  });

  it("works with llama.cpp's server behind a proxy that forwards only /v1", async () => {
    fake.models = [{ id: 'a', entry: { owned_by: 'llamacpp', meta: { n_ctx: 2048 } } }];
    expect(await provider().find('a')).toMatchObject({ contextWindow: 2048, countTokens: null });
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
