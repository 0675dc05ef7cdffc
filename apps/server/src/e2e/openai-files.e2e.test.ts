import { Lorebox } from '@lorebox/sdk';
import { type FakeOllama, startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import OpenAI, { toFile } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let ollama: FakeOllama;
let server: LoreboxProcess;
let lorebox: Lorebox;
let openai: OpenAI;

beforeAll(async () => {
  ollama = await startFakeOllama();
  server = await startLorebox({ env: { LOREBOX_OLLAMA_URL: ollama.url, LOREBOX_MAX_BODY_MB: '1' } });
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  openai = clientOf(server.apiKey);
});
afterAll(async () => {
  await server.dispose();
  await ollama.close();
});

function clientOf(apiKey: string, headers: Record<string, string> = {}): OpenAI {
  return new OpenAI({ baseURL: `${server.url}/openai/v1`, apiKey, maxRetries: 0, defaultHeaders: headers });
}

const textFile = (text: string, name = 'varn.txt') => toFile(Buffer.from(text), name);

async function boundKey(workspaceId: string): Promise<string> {
  return (await lorebox.api.apiKeys.create.mutate({ name: 'bound', workspaceId, scopes: ['*'] })).key;
}

describe('embeddings', () => {
  it('match as floats and as base64, one per text', async () => {
    const input = ['The lighthouse is 31 meters tall.', 'Cats sleep on sofas.'];
    const floats = await openai.embeddings.create({ model: 'lorebox', input, encoding_format: 'float' });
    expect(floats.data.map(({ index }) => index)).toEqual([0, 1]);
    const [first] = floats.data;
    expect(Math.hypot(...(first?.embedding ?? []))).toBeCloseTo(1, 4);
    expect(floats.usage.prompt_tokens).toBeGreaterThan(8);
    // By default, the client requests base64 and decodes it.
    const decoded = await openai.embeddings.create({ model: floats.model, input });
    expect(decoded.data).toEqual(floats.data);
    const packed = await openai.embeddings.create({
      model: 'lorebox',
      input: input[1] ?? '',
      encoding_format: 'base64',
    });
    const bytes = Buffer.from(packed.data[0]?.embedding as unknown as string, 'base64');
    expect(bytes.length / 4).toBe(first?.embedding.length);
  });

  it('reject ambiguous requests', async () => {
    const create = (body: object) => openai.embeddings.create({ model: 'lorebox', input: 'x', ...body });
    const cases: [object, number, string | null, string][] = [
      [{ input: [1, 2, 3] }, 400, 'input', 'invalid_request'],
      [{ input: [[1, 2]] }, 400, 'input', 'invalid_request'],
      [{ input: '' }, 400, 'input', 'invalid_request'],
      [{ input: [] }, 400, 'input', 'invalid_request'],
      [{ input: Array.from({ length: 2049 }, () => 'x') }, 400, 'input', 'invalid_request'],
      [{ input: 'far too long '.repeat(500) }, 400, 'input', 'context_length_exceeded'],
      [{ dimensions: 3 }, 400, 'dimensions', 'invalid_request'],
      [{ model: 'text-embedding-3-small' }, 404, 'model', 'model_not_found'],
    ];
    for (const [body, status, param, code] of cases) {
      await expect(create(body), JSON.stringify(body).slice(0, 60)).rejects.toMatchObject({ status, param, code });
    }
  });
});

describe('vector stores and files', () => {
  it('map to workspaces and documents: create, fill, search and delete', async () => {
    const store = await openai.vectorStores.create({ name: 'Lighthouses' });
    expect(store).toMatchObject({ object: 'vector_store', name: 'Lighthouses', file_counts: { total: 0 } });
    const inStore = clientOf(server.apiKey, { 'x-lorebox-workspace': store.id });
    const text = 'The lighthouse at Cape Varn is 31 meters tall. It was built in 1874.';
    const attached = await inStore.vectorStores.files.uploadAndPoll(store.id, await textFile(text), {
      pollIntervalMs: 100,
    });
    expect(attached).toMatchObject({ status: 'completed', vector_store_id: store.id, last_error: null });

    const file = await openai.files.retrieve(attached.id);
    expect(file).toMatchObject({ object: 'file', filename: 'varn.txt', bytes: text.length, status: 'processed' });
    const found = await openai.vectorStores.search(store.id, { query: 'How tall is it?', max_num_results: 3 });
    expect(found.data[0]).toMatchObject({ file_id: file.id, filename: 'varn.txt' });
    expect(found.data[0]?.content[0]?.text).toContain('31 meters');
    const counted = await openai.vectorStores.retrieve(store.id);
    expect([counted.status, counted.file_counts.completed]).toEqual(['completed', 1]);

    expect(await openai.files.delete(file.id)).toEqual({ id: file.id, object: 'file', deleted: true });
    await expect(openai.files.retrieve(file.id)).rejects.toMatchObject({ status: 404, code: 'not_found' });
    expect((await openai.vectorStores.delete(store.id)).deleted).toBe(true);
    await expect(openai.vectorStores.retrieve(store.id)).rejects.toMatchObject({ status: 404 });
  });

  it('use the workspace named by a field, a header or the key', async () => {
    const [a, b] = [await openai.vectorStores.create({ name: 'A' }), await openai.vectorStores.create({ name: 'B' })];
    const bound = clientOf(await boundKey(b.id));
    const upload = async (client: OpenAI, name: string, more: object = {}) =>
      client.files.create({ ...more, file: await textFile(`This is ${name}.`, name), purpose: 'user_data' });
    await upload(openai, 'one.txt', { workspace: a.id });
    await upload(openai, 'two.txt', { workspace: a.id });
    expect(await upload(bound, 'three.txt')).toMatchObject({ purpose: 'user_data', filename: 'three.txt' });
    await expect(upload(bound, 'five.txt', { workspace: a.id })).rejects.toMatchObject({ status: 404 });

    const inA = clientOf(server.apiKey, { 'x-lorebox-workspace': a.id });
    const names: string[] = [];
    for await (const { filename } of inA.files.list({ limit: 1 })) names.push(filename);
    expect(names).toEqual(['one.txt', 'two.txt']);
    expect((await bound.files.list()).data.map(({ filename }) => filename)).toEqual(['three.txt']);

    const stores: string[] = [];
    for await (const { name } of openai.vectorStores.list({ limit: 1 })) stores.push(name);
    expect(stores).toEqual(['B', 'A']);
    expect((await bound.vectorStores.list()).data.map(({ id }) => id)).toEqual([b.id]);
    const [file] = (await openai.vectorStores.files.list(a.id)).data;
    await expect(bound.files.retrieve(file?.id ?? '')).rejects.toMatchObject({ status: 404 });
    await expect(bound.vectorStores.search(a.id, { query: 'one' })).rejects.toMatchObject({ status: 404 });
    const foreign = { file_id: file?.id ?? '' };
    const refused = { status: 404, param: 'file_id' };
    await expect(bound.vectorStores.files.create(b.id, foreign)).rejects.toMatchObject(refused);
  });
});

describe('errors', () => {
  const messages = [{ role: 'user' as const, content: 'Hello?' }];
  const ask = (model: string, client = openai, more: object = {}) =>
    client.chat.completions.create({ model, messages, ...more });

  it('name the missing model, even for callers who may not list models', async () => {
    const { slug: secret } = await lorebox.api.workspaces.create.mutate({ name: 'Secret' });
    const { id } = await lorebox.api.workspaces.create.mutate({ name: 'Open' });
    const bound = clientOf(await boundKey(id));
    const missing = { status: 404, code: 'model_not_found', type: 'invalid_request_error' };
    for (const model of ['workspace:none', 'ollama:none', 'none']) {
      await expect(ask(model), model).rejects.toMatchObject(missing);
    }
    await expect(ask(`workspace:${secret}`, bound)).rejects.toMatchObject(missing);
    await expect(bound.models.retrieve(`workspace:${secret}`)).rejects.toMatchObject(missing);
    await expect(ask('ollama:llama3.2', bound)).rejects.toMatchObject({ status: 403 });
    expect((await bound.models.list()).data.map((model) => model.id)).toEqual(['workspace:open']);
    expect((await ask('workspace:open', bound)).choices).toHaveLength(1);
    const { key } = await lorebox.api.apiKeys.create.mutate({ name: 'asks', scopes: ['chat'] });
    expect((await ask('open', clientOf(key))).model).toBe('open');
    const forbidden = { status: 403, code: 'insufficient_permissions' };
    await expect(clientOf(key).models.list()).rejects.toMatchObject(forbidden);
    await expect(clientOf(key).embeddings.create({ model: 'lorebox', input: 'x' })).rejects.toMatchObject(forbidden);
  });

  it('name the invalid field', async () => {
    const image = (url: string) => ({
      messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }],
    });
    const cases: [object, string][] = [
      [{ n: 2 }, 'n'],
      [{ logprobs: true }, 'logprobs'],
      [{ audio: { voice: 'alloy', format: 'wav' } }, 'audio'],
      [{ modalities: ['text', 'audio'] }, 'modalities'],
      [{ temperature: 3 }, 'temperature'],
      [{ messages: [] }, 'messages'],
      [{ messages: [{ role: 'king', content: 'x' }] }, 'messages[0].role'],
      [{ messages: [{ role: 'system', content: 'x' }] }, 'messages'],
      [{ messages: [{ role: 'user', content: [{ type: 'input_audio' }] }] }, 'messages[0].content'],
      [image('https://example.org/cat.png'), 'messages'],
      [{ tools: [{ type: 'function', function: { name: 'f' } }] }, 'tools'],
    ];
    for (const [more, param] of cases) {
      const expected = { status: 400, type: 'invalid_request_error', param };
      await expect(ask('workspace:open', openai, more), JSON.stringify(more)).rejects.toMatchObject(expected);
    }
    const ignored = { user: 'u', metadata: { a: 'b' }, store: true, n: 1, logprobs: false };
    expect((await ask('workspace:open', openai, ignored)).choices).toHaveLength(1);
  });

  it('have the OpenAI format on every route', async () => {
    const send = (path: string, init: RequestInit) =>
      fetch(`${server.url}/openai/v1${path}`, {
        ...init,
        headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
      });
    const cases: [string, RequestInit, number, string][] = [
      ['/chat/completions', { method: 'POST', body: '{"model":' }, 400, 'invalid_request'],
      ['/chat/completions', { method: 'POST', body: `"${'x'.repeat(2_000_000)}"` }, 413, 'too_large'],
      ['/files', { method: 'POST', body: '{}' }, 415, 'unsupported_media_type'],
      ['/files/doc_1/content', { method: 'GET' }, 404, 'not_found'],
      ['/batches', { method: 'POST', body: '{}' }, 404, 'unknown_url'],
      ['/assistants', { method: 'GET' }, 404, 'unknown_url'],
    ];
    for (const [path, init, status, code] of cases) {
      const response = await send(path, init);
      const { error } = (await response.json()) as { error: object };
      expect([response.status, error], path).toEqual([
        status,
        { message: expect.any(String), type: 'invalid_request_error', param: null, code },
      ]);
    }
  });

  it('distinguish an unavailable model from a bad request, including in streams', async () => {
    const gone = await startFakeOllama();
    await gone.close();
    const down = await startLorebox({ env: { LOREBOX_OLLAMA_URL: gone.url, LOREBOX_MODEL: 'ollama:llama3.2' } });
    const client = new OpenAI({ baseURL: `${down.url}/openai/v1`, apiKey: down.apiKey, maxRetries: 0 });
    await client.vectorStores.create({ name: 'Down' });
    const expected = { status: 503, type: 'server_error', code: 'model_unreachable' };
    for (const model of ['workspace:down', 'ollama:llama3.2']) {
      await expect(ask(model, client), model).rejects.toMatchObject(expected);
      await expect(ask(model, client, { stream: true }), `${model}, streamed`).rejects.toMatchObject(expected);
    }
    await down.dispose();
    ollama.reply = Array.from({ length: 40 }, (_, i) => `word${i} `);
    Object.assign(ollama, { delayMs: 5, faults: 'cut' });
    const stream = await openai.chat.completions.create({ model: 'ollama:llama3.2', messages, stream: true });
    const readAll = async () => {
      for await (const _ of stream);
    };
    await expect(readAll()).rejects.toMatchObject({ type: 'server_error', code: 'model_failed' });
    Object.assign(ollama, { delayMs: 0, faults: 'none' });
  });

  it('reject callers without a key, and throttle callers who try many keys', async () => {
    const stranger = clientOf('lbx_wrong');
    const refused = { status: 401, code: 'invalid_api_key', type: 'invalid_request_error' };
    await expect(stranger.models.list()).rejects.toMatchObject(refused);
    const { status } = await fetch(`${server.url}/openai/v1/models`);
    expect(status).toBe(401);
    const tries = await Promise.allSettled(Array.from({ length: 130 }, () => stranger.models.list()));
    const [limited] = tries.flatMap((tried) =>
      tried.status === 'rejected' && tried.reason.status === 429 ? [tried.reason] : [],
    );
    expect(limited).toMatchObject({ type: 'rate_limit_error', code: 'rate_limit_exceeded' });
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
