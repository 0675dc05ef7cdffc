import type { Answer } from '@lorebox/contract/chat';
import { Lorebox } from '@lorebox/sdk';
import { type FakeOllama, startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

const QUESTION = 'How often does the pump need oil?';
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let ollama: FakeOllama;
let server: LoreboxProcess;
let lorebox: Lorebox;
let openai: OpenAI;
let workspace: string;
let model: string;

beforeAll(async () => {
  ollama = await startFakeOllama({
    models: [
      { name: 'llama3.2:latest', capabilities: ['completion', 'tools', 'vision'] },
      { name: 'qwen3:4b', capabilities: ['completion', 'thinking'] },
    ],
    reply: 'The pump needs oil every 90 days [1].',
  });
  server = await startLorebox({ env: { LOREBOX_OLLAMA_URL: ollama.url, LOREBOX_MODEL: 'ollama:llama3.2' } });
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  openai = clientOf(server.apiKey);
  workspace = (await lorebox.api.workspaces.create.mutate({ name: 'Machines' })).slug;
  model = `workspace:${workspace}`;
  const items = [{ externalId: 'g', title: 'Manual', text: 'The pump needs oil every 90 days. The valve needs none.' }];
  await lorebox.api.documents.importTexts.mutate({ workspace, items });
  const isReady = async () => expect((await lorebox.api.documents.summary.query({ workspace })).ready).toBe(1);
  await vi.waitFor(isReady, { timeout: 30_000, interval: 100 });
});
afterEach(() => {
  ollama.reply = 'The pump needs oil every 90 days [1].';
  Object.assign(ollama, { delayMs: 0, faults: 'none', thinking: null, toolCalls: [] });
});
afterAll(async () => {
  await server.dispose();
  await ollama.close();
});

function clientOf(apiKey: string): OpenAI {
  return new OpenAI({ baseURL: `${server.url}/openai/v1`, apiKey, maxRetries: 0 });
}

const lastChat = () => ollama.requests.findLast(({ path }) => path === '/api/chat')?.body as LooseJson;

// biome-ignore lint/suspicious/noExplicitAny: the tests read fields that are missing from OpenAI's types
type LooseJson = any;

async function askOverRest(): Promise<Answer> {
  const response = await fetch(`${server.url}/v1/workspaces/${workspace}/ask`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ question: QUESTION }),
  });
  return (await response.json()) as Answer;
}

async function collect(stream: AsyncIterable<OpenAI.ChatCompletionChunk>): Promise<LooseJson[]> {
  const chunks: LooseJson[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

const textOf = (chunks: LooseJson[]) => chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('');

/** Maps citations to the shape of the annotations. */
const citationsOf = ({ citations, answer }: Answer) =>
  citations.map(({ n, documentId, text, ...rest }) => {
    const start_index = answer.indexOf(`[${n}]`);
    const url = `${server.url}/v1/documents/${documentId}/content`;
    const place = { url, start_index, end_index: start_index + `[${n}]`.length };
    return { ...rest, index: n, file_id: documentId, quote: text, ...place };
  });
const annotationsOf = (annotations: LooseJson[]) =>
  annotations.map(({ type, url_citation }) => {
    const { external_id: externalId, chunk_id: chunkId, ...renamed } = url_citation;
    const { start_time: startTime, end_time: endTime, ...rest } = renamed;
    expect(type).toBe('url_citation');
    return { externalId, chunkId, startTime, endTime, ...rest };
  });

describe('chat with a workspace', () => {
  it('returns the same answer and citations as REST, with and without streaming', async () => {
    const golden = await askOverRest();
    expect(golden.citations[0]).toMatchObject({ externalId: 'g', start: 0, end: 33 });
    const messages = [{ role: 'user' as const, content: QUESTION }];
    const completion: LooseJson = await openai.chat.completions.create({ model, messages });
    const [{ message, finish_reason }] = completion.choices;
    expect(completion).toMatchObject({ object: 'chat.completion', model });
    expect([message.role, message.content, finish_reason]).toEqual(['assistant', golden.answer, 'stop']);
    expect(annotationsOf(message.annotations)).toEqual(citationsOf(golden));
    const { inputTokens, outputTokens } = golden.usage;
    expect(completion.usage).toEqual({
      prompt_tokens: inputTokens,
      completion_tokens: outputTokens,
      total_tokens: inputTokens + outputTokens,
    });

    const streamed = { model: workspace, messages, stream: true, stream_options: { include_usage: true } } as const;
    const chunks = await collect(await openai.chat.completions.create(streamed));
    expect(textOf(chunks)).toBe(golden.answer);
    expect(chunks[0]).toMatchObject({ object: 'chat.completion.chunk', choices: [{ delta: { role: 'assistant' } }] });
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
    const [last, usage] = chunks.slice(-2);
    expect(last.choices[0].finish_reason).toBe('stop');
    expect(annotationsOf(last.choices[0].delta.annotations)).toEqual(citationsOf(golden));
    expect([usage.choices, usage.usage]).toEqual([[], completion.usage]);
    expect(chunks.slice(0, -1).every((chunk) => chunk.usage === null)).toBe(true);
  });

  it('ends its stream with [DONE] and stores the answer under the ID in the chunk', async () => {
    const response = await openai.chat.completions
      .create({ model, stream: true, messages: [{ role: 'user', content: QUESTION }] })
      .asResponse();
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const lines = (await response.text()).split('\n').filter((line) => line !== '');
    expect(lines.at(-1)).toBe('data: [DONE]');
    const { lorebox: stored } = JSON.parse(lines.at(-2)?.slice(6) ?? '');
    const { items } = await lorebox.api.threads.messages.query({ threadId: stored.thread_id });
    expect(items.map(({ role, status }) => `${role} ${status}`)).toEqual(['user complete', 'assistant complete']);
  });

  it('uses earlier messages as history and system messages as instructions', async () => {
    await openai.chat.completions.create({
      model,
      messages: [
        { role: 'system', content: 'Answer like a pirate.' },
        { role: 'user', content: 'What about the pump?' },
        { role: 'assistant', content: 'It needs oil [1].' },
        { role: 'user', content: [{ type: 'text', text: 'How often?' }] },
      ],
    });
    const { messages } = lastChat();
    expect(messages.map(({ role }: LooseJson) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(messages[0].content).toContain('Answer like a pirate.');
    expect([messages[1].content, messages[2].content]).toEqual(['What about the pump?', 'It needs oil.']);
    expect(messages[3].content).toMatch(/^\w{8} 1: Manual\n[\s\S]*How often\?$/m);
    expect(messages[3].content).not.toContain('What about the pump?');
  });

  it('respects the history limit of the workspace', async () => {
    const roles = async (historyMessages: number) => {
      await lorebox.api.workspaces.update.mutate({ workspace, historyMessages });
      const messages = ['One?', 'Two?', 'Three?'].map((content) => ({ role: 'user' as const, content }));
      await openai.chat.completions.create({ model, messages });
      return lastChat().messages.map(({ role }: LooseJson) => role);
    };
    expect(await roles(0)).toEqual(['system', 'user']);
    expect(await roles(1)).toEqual(['system', 'user', 'user']);
    expect(await roles(20)).toEqual(['system', 'user', 'user', 'user']);
  });

  it('forwards images', async () => {
    const url = `data:image/png;base64,${PIXEL}`;
    const content = [
      { type: 'text' as const, text: 'What is this?' },
      { type: 'image_url' as const, image_url: { url } },
    ];
    await openai.chat.completions.create({ model, messages: [{ role: 'user', content }] });
    expect(lastChat().messages.at(-1).images).toEqual([PIXEL]);
    await openai.chat.completions.create({ model: 'ollama:llama3.2', messages: [{ role: 'user', content }] });
    expect(lastChat().messages).toEqual([{ role: 'user', content: 'What is this?', images: [PIXEL] }]);
  });

  it('continues when the client disconnects', async () => {
    ollama.reply = Array.from({ length: 30 }, (_, i) => `word${i} `);
    ollama.delayMs = 20;
    const { aborted } = ollama;
    const messages = [{ role: 'user' as const, content: 'Left alone?' }];
    const stream = await openai.chat.completions.create({ model, messages, stream: true });
    for await (const chunk of stream) if (chunk.choices[0]?.delta.content) break;
    const newest = async () => {
      const { items } = await lorebox.api.threads.list.query({ workspace });
      const threadId = items[0]?.id ?? '';
      return (await lorebox.api.threads.messages.query({ threadId })).items.at(-1);
    };
    await expect.poll(async () => (await newest())?.status, { timeout: 10_000 }).toBe('complete');
    expect((await newest())?.text).toContain('word29');
    expect(ollama.aborted).toBe(aborted);
  });
});

describe('chat with a raw model', () => {
  const raw = 'ollama:llama3.2';

  it('sends the messages without retrieval and applies the sampling options', async () => {
    const before = (await lorebox.api.threads.list.query({ workspace })).items.length;
    ollama.reply = 'one two three four five';
    const messages: OpenAI.ChatCompletionMessageParam[] = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Count.' },
      { role: 'assistant', content: 'To what?' },
      { role: 'user', content: 'Five.' },
    ];
    const sampling = { temperature: 0.25, max_completion_tokens: 3, seed: 7, stop: 'END' };
    const completion = await openai.chat.completions.create({ model: raw, messages, ...sampling });
    expect(completion.choices[0]).toMatchObject({ message: { content: 'one two three' }, finish_reason: 'length' });
    expect(completion.usage?.completion_tokens).toBe(3);
    expect(lastChat().messages).toEqual(messages);
    expect(lastChat().options).toMatchObject({ temperature: 0.25, num_predict: 3, seed: 7, stop: ['END'] });
    const chunks = await collect(await openai.chat.completions.create({ model: raw, messages, stream: true }));
    expect([textOf(chunks), chunks.at(-1).choices[0].finish_reason]).toEqual(['one two three four five', 'stop']);
    expect((await lorebox.api.threads.list.query({ workspace })).items).toHaveLength(before);
  });

  it('calls tools and separates reasoning', async () => {
    ollama.reply = '';
    ollama.toolCalls = [{ name: 'weather', arguments: { city: 'Oslo' } }];
    const tools = [{ type: 'function' as const, function: { name: 'weather', parameters: { type: 'object' } } }];
    const asked: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: 'Rain in Oslo?' }];
    const { choices } = await openai.chat.completions.create({ model: raw, messages: asked, tools });
    const message = choices[0]?.message as OpenAI.ChatCompletionMessage;
    expect(choices[0]?.finish_reason).toBe('tool_calls');
    const [toolCall] = message.tool_calls ?? [];
    expect(toolCall).toMatchObject({ type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } });
    Object.assign(ollama, { reply: 'No.', toolCalls: [] });
    const result = { role: 'tool' as const, tool_call_id: toolCall?.id ?? '', content: 'dry' };
    await openai.chat.completions.create({ model: raw, messages: [...asked, message, result], tools });
    expect(lastChat().messages.at(-1)).toMatchObject({ role: 'tool', content: 'dry', tool_name: 'weather' });

    ollama.thinking = 'Let me see.';
    const thought: LooseJson = await openai.chat.completions.create({ model: 'ollama:qwen3:4b', messages: asked });
    expect(thought.choices[0].message).toMatchObject({ content: 'No.', reasoning_content: 'Let me see.' });
  });

  it('stops the model when the client disconnects', async () => {
    ollama.reply = Array.from({ length: 500 }, (_, i) => `word${i} `);
    ollama.delayMs = 20;
    const { aborted } = ollama;
    const messages = [{ role: 'user' as const, content: 'Talk.' }];
    const stream = await openai.chat.completions.create({ model: raw, messages, stream: true });
    for await (const chunk of stream) if (chunk.choices[0]?.delta.content) break;
    await expect.poll(() => ollama.aborted, { timeout: 5000 }).toBe(aborted + 1);
    const signal = AbortSignal.timeout(300);
    await expect(openai.chat.completions.create({ model: raw, messages }, { signal })).rejects.toThrow();
    await expect.poll(() => ollama.aborted, { timeout: 5000 }).toBe(aborted + 2);
    expect(server.logs()).not.toContain('unexpected error');
  });
});
