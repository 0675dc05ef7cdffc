import { connect, createServer, type Socket } from 'node:net';
import type { Answer } from '@lorebox/contract/chat';
import { type AnswerEvent, Lorebox } from '@lorebox/sdk';
import { type FakeOllama, startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let ollama: FakeOllama;
let server: LoreboxProcess;
let lorebox: Lorebox;
let workspace: string;

beforeAll(async () => {
  ollama = await startFakeOllama();
  ollama.reply = Array.from({ length: 60 }, (_, i) => `word${i} `);
  server = await startLorebox({ env: { LOREBOX_OLLAMA_URL: ollama.url } });
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  workspace = (await lorebox.api.workspaces.create.mutate({ name: 'Resume' })).slug;
});
afterAll(async () => {
  await server.dispose();
  await ollama.close();
});

async function collect(events: AsyncIterable<AnswerEvent>): Promise<AnswerEvent[]> {
  const all: AnswerEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** Proxy to the server that can drop its connections. */
async function startProxy(target: string) {
  const sockets = new Set<Socket>();

  const proxy = createServer((client) => {
    const upstream = connect(Number(new URL(target).port), '127.0.0.1');
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as { port: number };
  const tear = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  const close = () => {
    tear();
    proxy.close();
  };
  return { url: `http://127.0.0.1:${port}`, tear, close };
}

describe('an answer survives a dropped connection', () => {
  it('replays exactly the events after any given event, during and after the answer', async () => {
    ollama.delayMs = 5;
    const { answerId } = await lorebox.api.chat.ask.mutate({ workspace, question: 'Say a lot.' });
    const whole = await collect(lorebox.watch(answerId));
    ollama.delayMs = 0;
    expect(whole.at(-1)?.type).toBe('answer-end');
    for (const from of [0, 1, 17, whole.length - 1, whole.length]) {
      expect(await collect(lorebox.watch(answerId, { lastEventId: from }))).toEqual(whole.slice(from));
    }
    expect(ollama.requests.filter(({ path }) => path === '/api/chat')).toHaveLength(1);
  });

  it('resumes automatically after repeated drops and calls the model once', async () => {
    const proxy = await startProxy(server.url);
    const asked = ollama.requests.filter(({ path }) => path === '/api/chat').length;
    ollama.delayMs = 60;
    const remote = new Lorebox({ baseUrl: proxy.url, apiKey: server.apiKey });
    const answer = remote.ask({ workspace, question: 'Say a lot, slowly.' });
    const { answerId } = await answer.started;
    const torn = setInterval(() => proxy.tear(), 700);
    const events = await collect(answer);
    clearInterval(torn);
    ollama.delayMs = 0;
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
    expect(events).toEqual(await collect(lorebox.watch(answerId)));
    expect(ollama.requests.filter(({ path }) => path === '/api/chat')).toHaveLength(asked + 1);
    proxy.close();
  });

  it('continues when no client is connected', async () => {
    ollama.delayMs = 5;
    const { answerId, threadId } = await lorebox.api.chat.ask.mutate({ workspace, question: 'Anybody there?' });
    for await (const _ of lorebox.watch(answerId)) break;
    ollama.delayMs = 0;
    await expect
      .poll(async () => (await lorebox.api.threads.messages.query({ threadId })).items.at(-1)?.status, {
        timeout: 10_000,
      })
      .toBe('complete');
  });
});

describe('the same question', () => {
  it('produces the same answer, sources and rows over SSE, WebSocket, SDK and REST', async () => {
    ollama.reply = 'The pump needs oil every 90 days [1].';
    const items = [
      { externalId: 'g', title: 'Manual', text: 'The pump needs oil every 90 days. The valve needs none.' },
    ];
    await lorebox.api.documents.importTexts.mutate({ workspace, items });
    await expect
      .poll(async () => (await lorebox.api.documents.summary.query({ workspace })).processing, { timeout: 30_000 })
      .toBe(0);
    const overWs = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey, transport: 'ws' });
    const question = 'How often does the pump need oil?';
    const runs = [];
    for (const client of [lorebox, overWs]) {
      const answer = client.ask({ workspace, question });
      const events = await collect(answer);
      const { threadId } = await answer.started;
      const rows = (await client.api.threads.messages.query({ threadId })).items;
      runs.push({
        events: events.map(comparable),
        rows: rows.map(({ role, text, status, citations }) => ({ role, text, status, citations })),
      });
    }
    overWs.close();
    const { answer, streamed } = await askOverRest(question);
    const rows = (await lorebox.api.threads.messages.query({ threadId: answer.threadId })).items;
    runs.push({
      events: streamed.map(comparable),
      rows: rows.map(({ role, text, status, citations }) => ({ role, text, status, citations })),
    });
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2]).toEqual(runs[0]);
    const end = runs[0]?.events.at(-1);
    expect(answer).toMatchObject({ answer: end?.answer, citations: end?.citations, finishReason: end?.finishReason });
    expect(runs[0]?.rows[1]?.citations[0]).toMatchObject({
      externalId: 'g',
      start: 0,
      end: 33,
      text: 'The pump needs oil every 90 days.',
    });
  });
});

/** Requests the answer once as JSON and once as server-sent events. */
async function askOverRest(question: string) {
  const send = (accept: string) =>
    fetch(`${server.url}/v1/workspaces/${workspace}/ask`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json', accept },
      body: JSON.stringify({ question }),
    });
  const answer = (await (await send('application/json')).json()) as Answer;
  const stream = await (await send('text/event-stream')).text();
  const streamed = [...stream.matchAll(/^data: (\{"type".*)$/gm)].map(
    ([, data]) => JSON.parse(data ?? '') as AnswerEvent,
  );
  return { answer, streamed };
}

/** Returns the parts that two answers to the same question have in common. Estimates improve with each answer. */
function comparable(event: AnswerEvent) {
  const { answerId: _, ...rest } = event;
  const loose: Record<string, unknown> = { ...rest };
  for (const name of ['threadId', 'questionId', 'messageId', 'timings']) delete loose[name];
  if (event.type === 'prompt-sent') return { type: event.type };
  if (event.type === 'answer-end') loose.context = { ...event.context, promptTokens: 0 };
  return loose;
}
