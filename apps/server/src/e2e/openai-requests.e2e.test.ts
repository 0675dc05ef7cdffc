import { Lorebox } from '@lorebox/sdk';
import { type FakeOllama, startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

const TEXT = 'The pump needs oil every 90 days.';
const schema = { type: 'object', properties: { days: { type: 'array', items: { type: 'number' } } } };
const response_format = { type: 'json_schema' as const, json_schema: { name: 'days', schema } };
const messages = [{ role: 'user' as const, content: 'How often does the pump need oil?' }];

let ollama: FakeOllama;
let server: LoreboxProcess;
let lorebox: Lorebox;
let openai: OpenAI;

beforeAll(async () => {
  ollama = await startFakeOllama();
  server = await startLorebox({ env: { LOREBOX_OLLAMA_URL: ollama.url, LOREBOX_MODEL: 'ollama:llama3.2' } });
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  openai = clientOf(server.apiKey);
  for (const name of ['Machines', 'Quotes']) {
    const { slug: workspace } = await lorebox.api.workspaces.create.mutate({ name });
    await lorebox.api.documents.importTexts.mutate({ workspace, items: [{ title: 'Manual', text: TEXT }] });
    const isReady = async () => expect((await lorebox.api.documents.summary.query({ workspace })).ready).toBe(1);
    await vi.waitFor(isReady, { timeout: 30_000, interval: 100 });
  }
  await lorebox.workspaces.update('quotes', { model: 'extractive' });
});
afterEach(() => {
  Object.assign(ollama, { reply: TEXT, toolCalls: [] });
});
afterAll(async () => {
  await server.dispose();
  await ollama.close();
});

function clientOf(apiKey: string): OpenAI {
  return new OpenAI({ baseURL: `${server.url}/openai/v1`, apiKey, maxRetries: 0 });
}

// biome-ignore lint/suspicious/noExplicitAny: the tests read fields that are missing from OpenAI's types
type LooseJson = any;

const lastChat = () => ollama.requests.findLast(({ path }) => path === '/api/chat')?.body as LooseJson;

describe('models', () => {
  it('list workspaces and raw models, and are returned individually', async () => {
    const owners = new Map<string, string>();
    for await (const { id, owned_by } of openai.models.list()) owners.set(id, owned_by);
    expect([...owners.keys()].slice(0, 2).sort()).toEqual(['workspace:machines', 'workspace:quotes']);
    expect(owners.get('workspace:machines')).toBe('lorebox');
    expect(owners.get('ollama:llama3.2:latest')).toBe('ollama');
    const workspace = await openai.models.retrieve('workspace:machines');
    expect(workspace).toMatchObject({ id: 'workspace:machines', object: 'model', owned_by: 'lorebox' });
    expect(await openai.models.retrieve('ollama:llama3.2')).toMatchObject({ id: 'ollama:llama3.2:latest' });
    await expect(openai.models.retrieve('nothing')).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
  });
});

describe('response_format with a workspace', () => {
  it('is sent to the model, and JSON arrays are not read as citations', async () => {
    ollama.reply = '{"days": [90, 7], "first": [1], "text": "Every 90 days."}';
    const { choices } = await openai.chat.completions.create({ model: 'machines', messages, response_format });
    expect(choices[0]?.message.content).toBe(ollama.reply);
    const annotations = choices[0]?.message.annotations as LooseJson[];
    expect(annotations.map(({ url_citation }) => url_citation.origin)).toEqual(['matched']);
    expect(lastChat().format).toEqual(schema);
  });

  it('cites by the markers inside JSON strings', async () => {
    ollama.reply = '{"text": "Every 90 days [1]."}';
    const format = { type: 'json_object' as const };
    const completion = await openai.chat.completions.create({ model: 'machines', messages, response_format: format });
    const [annotation] = completion.choices[0]?.message.annotations ?? [];
    expect(annotation?.url_citation).toMatchObject({ title: 'Manual', start_index: 24, end_index: 27 });
    expect(lastChat().format).toBe('json');
    const text = { format };
    const response = await openai.responses.create({ model: 'machines', input: 'How often?', text });
    expect(response.output_text).toBe(ollama.reply);
  });

  it('requires a language model', async () => {
    const refused = openai.chat.completions.create({ model: 'quotes', messages, response_format });
    await expect(refused).rejects.toMatchObject({ status: 400, message: expect.stringContaining('language model') });
  });
});

describe('null fields', () => {
  it('are treated as absent at any depth', async () => {
    const parameters = { type: 'object', properties: { city: { type: 'string', default: null } } };
    const body = {
      model: 'ollama:llama3.2',
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'Rain?' }], name: null },
        { role: 'assistant', content: null, refusal: null, tool_calls: null, function_call: null },
        { role: 'user', content: 'Well?' },
      ],
      tools: [{ type: 'function', function: { name: 'weather', description: null, parameters, strict: null } }],
      tool_choice: null,
      stop: null,
      stream: null,
      stream_options: { include_usage: null },
      response_format: null,
      functions: null,
      n: null,
    } as unknown as OpenAI.ChatCompletionCreateParamsNonStreaming;
    expect((await openai.chat.completions.create(body)).choices).toHaveLength(1);
    expect(lastChat().tools[0].function.parameters).toEqual(parameters);
    const embedding = { model: 'lorebox', input: 'x', dimensions: null, encoding_format: null } as LooseJson;
    expect((await openai.embeddings.create(embedding)).data).toHaveLength(1);
    const store = { name: null, file_ids: null, metadata: null, expires_after: null } as LooseJson;
    const { id } = await openai.vectorStores.create(store);
    const query = { query: 'x', filters: null, max_num_results: null, ranking_options: { score_threshold: null } };
    expect((await openai.vectorStores.search(id, query as LooseJson)).data).toEqual([]);
  });
});

describe('an unknown model', () => {
  it('returns an error that lists the models available to the caller', async () => {
    const ask = (client: OpenAI, model: string) => client.chat.completions.create({ model, messages });
    const missing = (message: unknown) => ({ status: 404, code: 'model_not_found', param: 'model', message });
    const all = expect.stringMatching(/Available models: workspace:[\w-]+, workspace:[\w-]+.*ollama:llama3\.2:latest/);
    for (const model of ['workspace:none', 'ollama:none', 'gpt-5']) {
      await expect(ask(openai, model), model).rejects.toMatchObject(missing(all));
    }
    const { id: workspaceId } = await lorebox.workspaces.get('machines');
    const { key } = await lorebox.apiKeys.create({ name: 'bound', workspaceId, scopes: ['*'] });
    const one = expect.stringMatching(/Available models: workspace:machines\.$/);
    await expect(ask(clientOf(key), 'workspace:quotes')).rejects.toMatchObject(missing(one));
    const chatOnly = await lorebox.apiKeys.create({ name: 'chat', scopes: ['chat'] });
    const none = expect.stringMatching(/access to it\.$/);
    await expect(ask(clientOf(chatOnly.key), 'workspace:none')).rejects.toMatchObject(missing(none));
  });
});
