import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeOllama, startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { startFakeOpenAi } from '@lorebox/testkit/fake-openai';
import { buildGguf, CHAT_MODEL } from '@lorebox/testkit/gguf-file';
import { ask, collect, reasoningOf, textOf } from '@lorebox/testkit/llm-conformance';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createModelCatalog, type ModelCatalogOptions } from './model-catalog.ts';

let fake: FakeOllama;
let modelsDir: string;
beforeEach(async () => {
  fake = await startFakeOllama();
  modelsDir = await mkdtemp(join(tmpdir(), 'models-'));
});
afterEach(async () => {
  await fake.close();
  await rm(modelsDir, { recursive: true, force: true });
});

function catalogOf(options: Partial<ModelCatalogOptions> = {}, url = fake.url) {
  const ollama = { url, keepAlive: '30m' };
  return createModelCatalog({
    ollama,
    openai: null,
    modelsDir,
    defaultModel: async () => null,
    remembered: memory(),
    contextWindow: 6000,
    maxPullBytes: 1e9,
    ...options,
  });
}

function memory(id: string | null = null) {
  let stored = id;
  return {
    get: async () => stored,
    set: async (chosen: string) => {
      stored = chosen;
    },
  };
}

const asked = (path: string) => fake.requests.filter((request) => request.path === path).length;

it('chooses the first chat model of Ollama with a fixed window size', async () => {
  fake.models.reverse();
  const catalog = catalogOf();
  expect(await catalog.defaultId()).toBe('extractive');
  expect(await catalog.resolve(null)).toMatchObject({ id: 'ollama:llama3.2:latest', contextWindow: 8192 });
  expect(await catalog.defaultId()).toBe('ollama:llama3.2:latest');
});

it("never requests more than the model's trained window", async () => {
  fake.models = [{ name: 'tiny:latest', contextLength: 4096 }];
  const chat = await catalogOf({ contextWindow: 100_000 }).resolve('ollama:tiny');
  expect(chat).toMatchObject({ contextWindow: 4096 });
  if (chat.kind === 'language-model') await collect(chat.model, ask());
  expect(fake.requests.at(-1)?.body).toMatchObject({ model: 'tiny:latest', options: { num_ctx: 4096 } });
});

it('knows from the template that answers of a model start with a thought', async () => {
  fake.models = [{ name: 'r1-import:latest', capabilities: ['completion'], template: '{{ .Prompt }}<think>\n' }];
  fake.reply = 'A plan.</think>The answer.';
  const chat = await catalogOf().resolve('ollama:r1-import');
  if (chat.kind !== 'language-model') throw new Error('no language model');
  const parts = await collect(chat.model, ask());
  expect([reasoningOf(parts), textOf(parts)]).toEqual(['A plan.', 'The answer.']);
});

it('asks the server once for concurrent lookups, and then uses the cache', async () => {
  const catalog = catalogOf();
  const chats = await Promise.all(Array.from({ length: 50 }, () => catalog.resolve(null)));
  expect(new Set(chats).size).toBe(1);
  expect([asked('/api/tags'), asked('/api/show')]).toEqual([1, 1]);
  for (let n = 0; n < 1000; n += 1) await catalog.resolve(n % 2 === 0 ? null : 'ollama:llama3.2');
  expect(asked('/api/tags')).toBe(1);
});

it('uses a .gguf file when Ollama is down, and extractive answers when there is none', async () => {
  const down = 'http://127.0.0.1:2';
  expect(await catalogOf({}, down).resolve(null)).toMatchObject({ kind: 'extractive', id: 'extractive' });
  await writeFile(join(modelsDir, 'a-broken.gguf'), 'this is no model at all, but it is long enough');
  await writeFile(join(modelsDir, 'small.gguf'), gguf(4096));
  await writeFile(join(modelsDir, 'notes.txt'), 'no model');
  expect(await catalogOf({}, down).resolve(null)).toMatchObject({ id: 'llama-cpp:small.gguf', contextWindow: 4096 });
  await expect(catalogOf({}, down).resolve('llama-cpp:a-broken.gguf')).rejects.toMatchObject({ code: 'MODEL_FAILED' });
  await writeFile(join(modelsDir, 'a-cut.gguf'), gguf(4096).subarray(0, -40));
  await writeFile(
    join(modelsDir, 'a-base.gguf'),
    buildGguf({ metadata: { ...CHAT_MODEL, 'tokenizer.chat_template': '' } }),
  );
  const catalog = catalogOf({}, down);
  expect(await catalog.resolve(null)).toMatchObject({ id: 'llama-cpp:small.gguf' });
  for (const [name, problem] of [
    ['a-cut.gguf', /is incomplete/],
    ['a-base.gguf', /no chat template/],
    ['a-broken.gguf', /not a valid GGUF file/],
  ] as const) {
    const error = { code: 'MODEL_FAILED', message: expect.stringMatching(problem) };
    await expect(catalog.resolve(`llama-cpp:${name}`)).rejects.toMatchObject(error);
    const { models } = await catalog.list();
    expect(models.find(({ id }) => id === `llama-cpp:${name}`)?.problem).toMatch(problem);
  }
  await expect(catalogOf({}, down).resolve('llama-cpp:none')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
});

it('uses extractive answers when Ollama has only embedding models', async () => {
  fake.models = [{ name: 'bge-m3:latest', family: 'bert', capabilities: null }];
  const catalog = catalogOf();
  const reason = expect.stringMatching(/has no chat model\. Download one/);
  expect(await catalog.resolve(null)).toMatchObject({ kind: 'extractive', reason });
  await expect(catalog.resolve('bge-m3')).rejects.toThrow(/can't answer/);
  const { providers } = await catalog.list();
  expect(providers[0]).toMatchObject({ available: true, message: expect.stringMatching(/ollama pull/) });
});

it('uses a server that is set while it runs, and that of the environment again', async () => {
  const [first, second] = [await startFakeOpenAi(), await startFakeOpenAi({ models: [{ id: 'other-chat' }] })];
  const catalog = catalogOf({ openai: { url: `${first.url}/v1`, apiKey: undefined } });
  const names = async () =>
    (await catalog.list()).models.filter(({ provider }) => provider === 'openai').map(({ name }) => name);
  expect(await names()).toEqual(['small-chat']);
  catalog.setServer({ url: `${second.url}/v1`, apiKey: 'sk-test' });
  expect([await names(), catalog.server()]).toEqual([['other-chat'], { url: `${second.url}/v1`, apiKey: 'sk-test' }]);
  expect(await catalog.isLocal('openai:other-chat')).toBe(true);
  catalog.setServer({ url: 'https://models.example/v1', apiKey: undefined });
  expect(await catalog.isLocal('openai:other-chat')).toBe(false);
  catalog.setServer(null);
  expect([await names(), catalog.server()]).toEqual([['small-chat'], { url: `${first.url}/v1`, apiKey: undefined }]);
  await Promise.all([first.close(), second.close()]);
});

it('uses the configured default, even if it is missing', async () => {
  const catalog = catalogOf({ defaultModel: async () => 'ollama:mistral' });
  expect(await catalog.defaultId()).toBe('ollama:mistral');
  await expect(catalog.resolve(null)).rejects.toMatchObject({
    code: 'MODEL_NOT_FOUND',
    message: expect.stringMatching(/ollama pull mistral/),
  });
  expect((await catalog.list()).models.some(({ isDefault }) => isDefault)).toBe(false);
  fake.models.push({ name: 'mistral:latest' });
  expect(await catalog.resolve(null)).toMatchObject({ id: 'ollama:mistral:latest' });
  expect(await catalogOf({ defaultModel: async () => 'extractive' }).resolve(null)).toMatchObject({
    kind: 'extractive',
  });
});

it('explains what to do when Ollama is down or no server is configured', async () => {
  const down = catalogOf({}, 'http://127.0.0.1:2').resolve('ollama:x');
  const message = 'Ollama is not running. Start it with `ollama serve`, or correct LOREBOX_OLLAMA_URL.';
  await expect(down).rejects.toMatchObject({ code: 'MODEL_UNREACHABLE', message });
  await expect(catalogOf().resolve('openai:x')).rejects.toThrow(/LOREBOX_OPENAI_URL/);
});

it('remembers the chosen model, whatever is added later', async () => {
  const remembered = memory();
  expect(await catalogOf({ remembered }).resolve(null)).toMatchObject({ id: 'ollama:llama3.2:latest' });
  expect(await remembered.get()).toBe('ollama:llama3.2:latest');
  fake.models.unshift({ name: 'newer:latest', capabilities: ['completion'] });
  const catalog = catalogOf({ remembered });
  expect(await catalog.defaultId()).toBe('ollama:llama3.2:latest');
  expect(await catalog.resolve(null)).toMatchObject({ id: 'ollama:llama3.2:latest' });
  expect(await catalogOf({ remembered: memory() }).resolve(null)).toMatchObject({ id: 'ollama:newer:latest' });
});

it('chooses again if the remembered model or its provider is gone', async () => {
  for (const gone of ['ollama:gone:latest', 'openai:gone', 'llama-cpp:gone.gguf', 'removed-provider:x']) {
    const remembered = memory(gone);
    expect(await catalogOf({ remembered }).resolve(null), gone).toMatchObject({ id: 'ollama:llama3.2:latest' });
    expect(await remembered.get()).toBe('ollama:llama3.2:latest');
  }
});

it('says that the server of the remembered model is down, and keeps the model', async () => {
  const remembered = memory('ollama:llama3.2:latest');
  const catalog = catalogOf({ remembered }, 'http://127.0.0.1:2');
  await writeFile(join(modelsDir, 'small.gguf'), gguf(4096));
  const reason = expect.stringMatching(
    /^The default model ollama:llama3\.2:latest can't be reached\. Ollama is not run/,
  );
  expect(await catalog.resolve(null)).toEqual({ kind: 'extractive', id: 'extractive', reason });
  expect(await remembered.get()).toBe('ollama:llama3.2:latest');
  const { models, providers } = await catalog.list();
  expect(models[0]).toMatchObject({ id: 'ollama:llama3.2:latest', isDefault: true, problem: reason });
  expect(models.filter(({ isDefault }) => isDefault)).toHaveLength(1);
  expect(providers[0]?.message).toContain('Ollama is not running at http://127.0.0.1:2.');
  const configured = catalogOf({ defaultModel: async () => 'ollama:mistral' }, 'http://127.0.0.1:2');
  await expect(configured.resolve(null)).rejects.toMatchObject({ code: 'MODEL_UNREACHABLE' });
  expect((await configured.list()).models[0]).toMatchObject({ id: 'ollama:mistral', isDefault: true });
});

it('answers even if the choice cannot be remembered', async () => {
  const remembered = { get: async () => null, set: () => Promise.reject(new Error('The disk is full.')) };
  expect(await catalogOf({ remembered }).resolve(null)).toMatchObject({ id: 'ollama:llama3.2:latest' });
});

it('lists the models of all providers and marks the default', async () => {
  const openai = await startFakeOpenAi();
  await writeFile(join(modelsDir, 'small.gguf'), gguf(2048));
  const { models, providers } = await catalogOf({ openai: { url: `${openai.url}/v1`, apiKey: undefined } }).list();
  await openai.close();
  const ids = ['ollama:llama3.2:latest', 'openai:small-chat', 'llama-cpp:small.gguf', 'extractive'];
  expect(models.map(({ id }) => id)).toEqual(ids);
  expect(models.map(({ isDefault }) => isDefault)).toEqual([true, false, false, false]);
  expect(models.map(({ contextWindow }) => contextWindow)).toEqual([8192, 16_384, 2048, null]);
  expect(providers.map(({ provider, available }) => [provider, available])).toEqual([
    ['ollama', true],
    ['openai', true],
    ['llama-cpp', true],
  ]);
});

it('downloads with progress, and the model is available at once', async () => {
  const catalog = catalogOf();
  await expect(catalog.resolve('ollama:qwen3')).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
  const progress = await Array.fromAsync(catalog.pull('ollama:qwen3'));
  expect(progress[0]).toEqual({ status: 'pulling manifest', completed: null, total: null });
  expect(progress).toContainEqual(expect.objectContaining({ completed: 500, total: 1000 }));
  expect(progress.at(-1)?.status).toBe('success');
  expect(await catalog.resolve('ollama:qwen3')).toMatchObject({ id: 'ollama:qwen3:latest' });
});

it('a download can fail and can be cancelled', async () => {
  const catalog = catalogOf();
  await expect(Array.fromAsync(catalog.pull('ollama:missing-x'))).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
  for (const id of ['ollama:offline-x', 'ollama:no such name']) {
    await expect(Array.fromAsync(catalog.pull(id))).rejects.toMatchObject({ code: 'UNPROCESSABLE' });
  }
  await expect(Array.fromAsync(catalog.pull('llama-cpp:x'))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  fake.delayMs = 50;
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error('enough')), 80);
  await expect(Array.fromAsync(catalog.pull('ollama:big', controller.signal))).rejects.toThrow('enough');
  expect(fake.aborted).toBe(1);
});

const gguf = (contextLength: number) =>
  buildGguf({ metadata: { ...CHAT_MODEL, 'llama.context_length': contextLength } });
