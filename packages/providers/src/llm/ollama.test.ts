import { type FakeOllama, startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { ask, collect, reasoningOf, testLanguageModel, textOf } from '@lorebox/testkit/llm-conformance';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOllamaModel, type OllamaModelOptions } from './ollama.ts';

const NAME = 'qwen3:4b';
const capabilities = ['completion', 'tools', 'thinking', 'vision'];

function modelAt(baseUrl: string, options: Partial<OllamaModelOptions> = {}) {
  return createOllamaModel({
    baseUrl,
    name: NAME,
    keepAlive: '30m',
    numCtx: 8192,
    canThink: true,
    canUseTools: true,
    ...options,
  });
}

const start = () => startFakeOllama({ models: [{ name: NAME, capabilities }] });

testLanguageModel('Ollama', async () => {
  const server = await start();
  return {
    server,
    model: modelAt(server.url),
    unreachable: modelAt('http://127.0.0.1:2'),
    sentImages: () =>
      ((server.requests.at(-1)?.body.messages ?? []) as { images?: string[] }[]).flatMap(({ images }) => images ?? []),
  };
});

describe('an Ollama request', () => {
  let fake: FakeOllama;
  beforeEach(async () => {
    fake = await start();
  });
  afterEach(() => fake.close());
  const sent = () => fake.requests.at(-1)?.body ?? {};

  it('has the same window in every call, whatever the length of the prompt', async () => {
    const model = modelAt(fake.url);
    for (const text of ['short', 'long '.repeat(3000)]) {
      await collect(model, ask(text));
      expect(sent()).toMatchObject({ keep_alive: '30m', options: { num_ctx: 8192 }, truncate: false });
      // Ollama reloads a model if clients differ in it.
      expect(sent()).not.toHaveProperty('shift');
    }
    await model.doGenerate(ask());
    expect(fake.requests.map(({ body }) => (body.options as { num_ctx: number }).num_ctx)).toEqual([8192, 8192, 8192]);
  });

  it('contains only the requested sampling options', async () => {
    await collect(modelAt(fake.url), {
      ...ask(),
      temperature: 0.3,
      topK: 5,
      seed: 7,
      stopSequences: ['END'],
      maxOutputTokens: 9,
    });
    expect(sent().options).toEqual({
      num_ctx: 8192,
      temperature: 0.3,
      top_k: 5,
      seed: 7,
      stop: ['END'],
      num_predict: 9,
    });
    await collect(modelAt(fake.url), ask());
    expect(sent().options).toEqual({ num_ctx: 8192 });
  });

  it.each([
    [undefined, undefined],
    ['provider-default', undefined],
    ['none', false],
    ['low', true],
    ['high', true],
  ] as const)('reasoning %s sends think: %s', async (reasoning, think) => {
    await collect(modelAt(fake.url), { ...ask(), reasoning });
    expect(sent().think).toBe(think);
    await collect(modelAt(fake.url, { canThink: false }), { ...ask(), reasoning });
    expect(sent()).not.toHaveProperty('think');
  });

  it.each([
    ['provider-default', undefined],
    ['none', 'low'],
    ['minimal', 'low'],
    ['medium', 'medium'],
    ['xhigh', 'high'],
  ] as const)('reasoning %s is level %s for gpt-oss', async (reasoning, think) => {
    await collect(modelAt(fake.url, { family: 'gptoss' }), { ...ask(), reasoning });
    expect(sent().think).toBe(think);
  });

  it('remembers that the template opens the thinking tag', async () => {
    fake.models = [{ name: NAME, capabilities: ['completion'] }];
    fake.reply = 'A plan.\n</think>\n\nThe answer.';
    const model = modelAt(fake.url, { canThink: false });
    const { content } = await model.doGenerate(ask());
    expect(content).toEqual([
      { type: 'reasoning', text: 'A plan.\n' },
      { type: 'text', text: '\n\nThe answer.' },
    ]);
    const parts = await collect(model, ask());
    expect([reasoningOf(parts), textOf(parts)]).toEqual(['A plan.\n', 'The answer.']);
  });

  it('splits the thinking tags of a model without the thinking capability', async () => {
    fake.models = [{ name: NAME, capabilities: ['completion'] }];
    Object.assign(fake, { thinking: 'a plan', reply: 'The answer.' });
    const parts = await collect(modelAt(fake.url, { canThink: false }), ask());
    expect([reasoningOf(parts).trim(), textOf(parts)]).toEqual(['a plan', 'The answer.']);
  });

  it('omits tools that the model cannot call, and adds a warning', async () => {
    const tools = [{ type: 'function' as const, name: 'x', inputSchema: { type: 'object' as const } }];
    const parts = await collect(modelAt(fake.url, { canUseTools: false }), { ...ask(), tools });
    expect(sent()).not.toHaveProperty('tools');
    expect(parts[0]).toMatchObject({ warnings: [{ type: 'unsupported', feature: 'tools' }] });
  });

  it('contains the tool results', async () => {
    const call = { type: 'tool-call' as const, toolCallId: 'c1', toolName: 'find', input: { q: 'a' } };
    const result = { type: 'tool-result' as const, toolCallId: 'c1', toolName: 'find' };
    const output = { type: 'json' as const, value: { hits: 2 } };
    const prompt = [
      ...ask().prompt,
      { role: 'assistant' as const, content: [{ type: 'reasoning' as const, text: 'hm' }, call] },
      { role: 'tool' as const, content: [{ ...result, output }] },
    ];
    await collect(modelAt(fake.url), { prompt });
    expect((sent().messages as unknown[]).slice(2)).toEqual([
      {
        role: 'assistant',
        content: '',
        thinking: 'hm',
        tool_calls: [{ function: { name: 'find', arguments: { q: 'a' } } }],
      },
      { role: 'tool', content: '{"hits":2}', tool_name: 'find', tool_call_id: 'c1' },
    ]);
  });

  it('reports a prompt that an old server truncated', async () => {
    fake.faults = 'silent-truncation';
    const parts = await collect(modelAt(fake.url), ask());
    expect(parts.at(-1)).toMatchObject({ type: 'finish', providerMetadata: { lorebox: { truncated: true } } });
    fake.faults = 'none';
    expect((await collect(modelAt(fake.url), ask())).at(-1)).not.toHaveProperty('providerMetadata');
  });

  it('fails instead of truncating a prompt beyond the window', async () => {
    const asking = collect(modelAt(fake.url, { numCtx: 2048 }), ask('word '.repeat(4000)));
    await expect(asking).rejects.toMatchObject({
      code: 'CONTEXT_TOO_SMALL',
      message: expect.stringMatching(/LOREBOX_CONTEXT_WINDOW/),
    });
  });

  it('explains how to start the server and how to download the model', async () => {
    const down = collect(modelAt('http://127.0.0.1:2'), ask());
    await expect(down).rejects.toThrow('Ollama is not running. Start it with `ollama serve`');
    await expect(collect(modelAt(fake.url, { name: 'nope' }), ask())).rejects.toThrow('`ollama pull nope`');
  });
});
