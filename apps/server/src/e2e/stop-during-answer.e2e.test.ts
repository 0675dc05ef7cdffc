import { type AnswerEvent, Lorebox } from '@lorebox/sdk';
import { type FakeOllama, startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let ollama: FakeOllama;
beforeAll(async () => {
  ollama = await startFakeOllama();
  ollama.reply = Array.from({ length: 40 }, (_, i) => `word${i} `);
});
afterAll(() => ollama.close());

/** Asks a question and sends SIGTERM after the first text. Returns the events that the client received. */
async function stopDuringAnswer(drainSeconds: string) {
  const env = { LOREBOX_OLLAMA_URL: ollama.url, LOREBOX_DRAIN_SECONDS: drainSeconds };
  const server = await startLorebox({ env });
  const lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  const workspace = (await lorebox.api.workspaces.create.mutate({ name: 'Stop' })).slug;
  const { answerId, threadId } = await lorebox.api.chat.ask.mutate({ workspace, question: 'Say something.' });
  const events: AnswerEvent[] = [];
  let exited: Promise<number | null> | undefined;
  for await (const event of lorebox.watch(answerId)) {
    events.push(event);
    if (event.type === 'text-delta') exited ??= server.stop();
  }
  expect(await exited).toBe(0);
  return { server, events, answerId, threadId };
}

async function readMessage(dataDir: string, threadId: string) {
  const server: LoreboxProcess = await startLorebox({ dataDir, env: { LOREBOX_OLLAMA_URL: ollama.url } });
  const lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  const { items } = await lorebox.api.threads.messages.query({ threadId });
  await server.dispose();
  return items.at(-1);
}

describe('SIGTERM during an answer', () => {
  it('lets the answer finish within the drain time, rejects new questions, and then stops', async () => {
    ollama.delayMs = 20;
    const { server, events, threadId } = await stopDuringAnswer('30');
    expect(events.at(-1)).toMatchObject({ type: 'answer-end', finishReason: 'stop' });
    expect(await readMessage(server.dataDir, threadId)).toMatchObject({
      status: 'complete',
      text: expect.stringContaining('word39'),
    });
  });

  it('ends a longer answer with ANSWER_INTERRUPTED and keeps its text', async () => {
    ollama.delayMs = 500;
    const { server, events, threadId } = await stopDuringAnswer('0');
    expect(events.at(-1)).toMatchObject({ type: 'answer-error', code: 'ANSWER_INTERRUPTED', retryable: true });
    expect(await readMessage(server.dataDir, threadId)).toMatchObject({
      status: 'failed',
      text: expect.stringContaining('word0'),
      error: { code: 'ANSWER_INTERRUPTED' },
    });
  });

  it('rejects new questions in the meantime', async () => {
    ollama.delayMs = 100;
    const server = await startLorebox({ env: { LOREBOX_OLLAMA_URL: ollama.url, LOREBOX_DRAIN_SECONDS: '30' } });
    const lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey, maxRetries: 0 });
    const workspace = (await lorebox.api.workspaces.create.mutate({ name: 'Stop' })).slug;
    const { answerId } = await lorebox.api.chat.ask.mutate({ workspace, question: 'Say something.' });
    for await (const event of lorebox.watch(answerId)) if (event.type === 'text-delta') break;
    const exited = server.stop();
    await expect.poll(() => server.logs()).toContain('"stopping"');
    await expect(lorebox.api.chat.ask.mutate({ workspace, question: 'Another?' })).rejects.toThrow(
      /stopping|shutting/i,
    );
    expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
    expect(await exited).toBe(0);
    await server.dispose();
  });
});
