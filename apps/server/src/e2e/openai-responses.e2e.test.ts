import { Lorebox } from '@lorebox/sdk';
import { type FakeOllama, startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

const ANSWER = 'The pump needs oil every 90 days [1].';
const RAW = 'ollama:llama3.2';
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const TOOL = { type: 'function', name: 'weather', parameters: { type: 'object' }, strict: false } as const;

let ollama: FakeOllama;
let server: LoreboxProcess;
let openai: OpenAI;

beforeAll(async () => {
  ollama = await startFakeOllama({
    models: [
      { name: 'llama3.2:latest', capabilities: ['completion', 'tools', 'vision'] },
      { name: 'qwen3:4b', capabilities: ['completion', 'thinking'] },
    ],
    reply: ANSWER,
  });
  server = await startLorebox({ env: { LOREBOX_OLLAMA_URL: ollama.url, LOREBOX_MODEL: RAW } });
  const lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  openai = new OpenAI({ baseURL: `${server.url}/openai/v1`, apiKey: server.apiKey, maxRetries: 0 });
  const { slug: workspace } = await lorebox.api.workspaces.create.mutate({ name: 'Machines' });
  const items = [{ title: 'Manual', text: 'The pump needs oil every 90 days. The valve needs none.' }];
  await lorebox.api.documents.importTexts.mutate({ workspace, items });
  const isReady = async () => expect((await lorebox.api.documents.summary.query({ workspace })).ready).toBe(1);
  await vi.waitFor(isReady, { timeout: 30_000, interval: 100 });
});
afterEach(() => {
  Object.assign(ollama, { reply: ANSWER, delayMs: 0, faults: 'none', thinking: null, toolCalls: [] });
});
afterAll(async () => {
  await server.dispose();
  await ollama.close();
});

// biome-ignore lint/suspicious/noExplicitAny: the tests read fields that are missing from OpenAI's types
type LooseJson = any;

const lastChat = () => ollama.requests.findLast(({ path }) => path === '/api/chat')?.body as LooseJson;

async function eventsOf(body: object): Promise<LooseJson[]> {
  const request = { ...body, stream: true } as OpenAI.Responses.ResponseCreateParamsStreaming;
  const events: LooseJson[] = [];
  for await (const event of await openai.responses.create(request)) events.push(event);
  return events;
}

/** Event types, with consecutive duplicates collapsed. */
const stepsOf = (events: LooseJson[]) =>
  events.map(({ type }) => type.replace('response.', '')).filter((type, i, all) => type !== all[i - 1]);

describe('a response from a workspace', () => {
  it('has the answer and its citations, with and without streaming', async () => {
    const whole: LooseJson = await openai.responses.create({ model: 'workspace:machines', input: 'How often oil?' });
    expect(whole).toMatchObject({ object: 'response', status: 'completed', output_text: ANSWER, error: null });
    const [message] = whole.output;
    expect(message).toMatchObject({ type: 'message', role: 'assistant', status: 'completed' });
    const [annotation] = message.content[0].annotations;
    expect(annotation).toMatchObject({ type: 'url_citation', title: 'Manual', start_index: 33, end_index: 36 });
    expect(annotation.url).toBe(`${server.url}/v1/documents/${annotation.file_id}/content`);
    expect(whole.usage.total_tokens).toBe(whole.usage.input_tokens + whole.usage.output_tokens);
    expect(whole.lorebox.answer_id).toMatch(/^ans_/);

    const events = await eventsOf({ model: 'machines', input: 'How often oil?' });
    expect(stepsOf(events)).toEqual([
      'created',
      'in_progress',
      'output_item.added',
      'content_part.added',
      'output_text.delta',
      'output_text.annotation.added',
      'output_text.done',
      'content_part.done',
      'output_item.done',
      'completed',
    ]);
    expect(events.map(({ sequence_number }) => sequence_number)).toEqual(events.map((_, i) => i));
    const deltas = events.filter(({ type }) => type === 'response.output_text.delta');
    expect(deltas.map(({ delta }) => delta).join('')).toBe(ANSWER);
    expect(deltas.every(({ item_id }) => item_id === events.at(-1).response.output[0].id)).toBe(true);
    expect(events.at(-1).response.output[0].content).toEqual(message.content);
  });

  it('continues from input items and from a reference to an earlier answer', async () => {
    const model = 'workspace:machines';
    const { output } = await openai.responses.create({ model, input: 'How often oil?' });
    const question = { role: 'user' as const, content: 'How often oil?' };
    const next = { role: 'user' as const, content: [{ type: 'input_text' as const, text: 'And the valve?' }] };
    for (const earlier of [output[0] as LooseJson, { type: 'item_reference', id: output[0]?.id }]) {
      await openai.responses.create({ model, input: [question, earlier, next], instructions: 'Be brief.' });
      const { messages } = lastChat();
      expect(messages.map(({ role }: LooseJson) => role)).toEqual(['system', 'user', 'assistant', 'user']);
      expect(messages[0].content).toContain('Be brief.');
      expect(messages[2].content).toBe('The pump needs oil every 90 days.');
    }
    for (const id of ['msg_none', 'fc_none']) {
      const input = [question, { type: 'item_reference' as const, id }, next];
      await expect(openai.responses.create({ model, input })).rejects.toMatchObject({ status: 400, param: 'input' });
    }
  });
});

describe('a response from a raw model', () => {
  it('accepts images, sampling options and a format, and reports truncation', async () => {
    ollama.reply = 'one two three four five';
    const content = [
      { type: 'input_text' as const, text: 'Count.' },
      { type: 'input_image' as const, image_url: `data:image/png;base64,${PIXEL}`, detail: 'auto' as const },
    ];
    const schema = { type: 'object', properties: { n: { type: ['number', 'null'], default: null } } };
    const body = {
      model: RAW,
      input: [{ role: 'user' as const, content }],
      max_output_tokens: 3,
      temperature: 0.25,
      text: { format: { type: 'json_schema' as const, name: 'count', schema, strict: true } },
      reasoning: { effort: null },
      previous_response_id: null,
    };
    const cut = await openai.responses.create(body);
    expect(cut).toMatchObject({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } });
    expect(cut.output_text).toBe('one two three');
    expect(lastChat()).toMatchObject({ format: schema, options: { temperature: 0.25, num_predict: 3 } });
    expect(lastChat().messages).toEqual([{ role: 'user', content: 'Count.', images: [PIXEL] }]);
    expect((await eventsOf(body)).at(-1).type).toBe('response.incomplete');
  });

  it('calls functions and accepts their results', async () => {
    Object.assign(ollama, { reply: '', toolCalls: [{ name: 'weather', arguments: { city: 'Oslo' } }] });
    const asked = { role: 'user' as const, content: 'Rain in Oslo?' };
    const { output } = await openai.responses.create({ model: RAW, input: [asked], tools: [TOOL] });
    const [call] = output as OpenAI.Responses.ResponseFunctionToolCall[];
    expect(call).toMatchObject({ type: 'function_call', name: 'weather', arguments: '{"city":"Oslo"}' });
    const events = await eventsOf({ model: RAW, input: [asked], tools: [TOOL], tool_choice: 'required' });
    const steps = ['function_call_arguments.delta', 'function_call_arguments.done', 'output_item.done', 'completed'];
    expect(stepsOf(events)).toEqual(['created', 'in_progress', 'output_item.added', ...steps]);
    Object.assign(ollama, { reply: 'No.', toolCalls: [] });
    const result = { type: 'function_call_output' as const, call_id: call?.call_id ?? '', output: 'dry' };
    const input = [asked, ...output, result] as OpenAI.Responses.ResponseInput;
    expect((await openai.responses.create({ model: RAW, input, tools: [TOOL] })).output_text).toBe('No.');
    expect(lastChat().messages.at(-1)).toMatchObject({ role: 'tool', content: 'dry', tool_name: 'weather' });
  });

  it('puts reasoning in a separate item', async () => {
    Object.assign(ollama, { reply: 'No.', thinking: 'Let me see.' });
    const events = await eventsOf({ model: 'ollama:qwen3:4b', input: 'Rain?' });
    const { output } = events.at(-1).response;
    expect(output.map(({ type }: LooseJson) => type)).toEqual(['reasoning', 'message']);
    expect(output[0].summary).toEqual([{ type: 'summary_text', text: 'Let me see.' }]);
    expect(stepsOf(events)).toContain('reasoning_summary_text.delta');
  });

  it('ends with response.failed when the model fails mid-stream', async () => {
    const reply = Array.from({ length: 40 }, (_, i) => `word${i} `);
    Object.assign(ollama, { reply, delayMs: 5, faults: 'cut' });
    const last = (await eventsOf({ model: RAW, input: 'Count.' })).at(-1);
    expect(last).toMatchObject({ type: 'response.failed', response: { status: 'failed' } });
    expect(last.response.error.code).toBe('model_failed');
  });
});

describe('a response is rejected', () => {
  it('when it refers to state that is not stored or does not exist', async () => {
    const cases: [object, number, string | null][] = [
      [{ previous_response_id: 'resp_1' }, 400, 'previous_response_id'],
      [{ conversation: 'conv_1' }, 400, 'conversation'],
      [{ background: true }, 400, 'background'],
      [{ prompt: { id: 'pmpt_1' } }, 400, 'prompt'],
      [{ tools: [{ type: 'web_search' }] }, 400, 'tools[0].type'],
      [{ tools: [TOOL], model: 'workspace:machines' }, 400, 'tools'],
      [{ input: [] }, 400, 'input'],
      [{ input: [{ type: 'computer_call' }] }, 400, 'input[0].type'],
      [{ input: [{ role: 'user', content: [{ type: 'input_file', file_id: 'f' }] }] }, 400, 'input[0].content'],
      [{ model: 'workspace:none' }, 404, 'model'],
    ];
    for (const [more, status, param] of cases) {
      const request = { model: RAW, input: 'Hello?', ...more } as OpenAI.Responses.ResponseCreateParamsNonStreaming;
      await expect(openai.responses.create(request), JSON.stringify(more)).rejects.toMatchObject({ status, param });
    }
    await expect(openai.responses.retrieve('resp_1')).rejects.toMatchObject({ status: 404, code: 'unknown_url' });
  });
});
