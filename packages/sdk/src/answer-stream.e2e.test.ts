import { type FakeOllama, startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AskOptions, Lorebox } from './index.ts';

let ollama: FakeOllama;
let server: LoreboxProcess;
/** Number of open streams. */
let open = 0;
let lorebox: Lorebox;

beforeAll(async () => {
  ollama = await startFakeOllama();
  ollama.reply = Array.from({ length: 60 }, (_, i) => `word${i} `);
  ollama.delayMs = 20;
  server = await startLorebox({ env: { LOREBOX_OLLAMA_URL: ollama.url } });
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const response = await globalThis.fetch(input, init);
    if (!response.headers.get('content-type')?.includes('event-stream')) return response;
    open += 1;
    init?.signal?.addEventListener('abort', () => {
      open -= 1;
    });
    return response;
  };
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey, fetch });
  await lorebox.workspaces.create({ name: 'demo' });
});
afterAll(async () => {
  await server.dispose();
  await ollama.close();
});

async function leaveEarly(options: AskOptions) {
  const answer = lorebox.ask({ workspace: 'demo', question: 'Count for me.' }, options);
  for await (const event of answer) if (event.type === 'text-delta') break;
  return (await answer.started).answerId;
}

async function lastOf(answerId: string) {
  let last: { type: string } | null = null;
  for await (const event of lorebox.watch(answerId)) last = event;
  return last;
}

describe('an answer whose loop is left early', () => {
  it('continues on the server, and its connection is closed', async () => {
    const answerId = await leaveEarly({});
    await expect.poll(() => open).toBe(0);
    expect(await lastOf(answerId)).toMatchObject({ type: 'answer-end' });
  });

  it('is cancelled with `cancelOnLeave`', async () => {
    const answerId = await leaveEarly({ cancelOnLeave: true });
    expect(await lastOf(answerId)).toMatchObject({ type: 'answer-error', code: 'CANCELLED' });
    await expect.poll(() => open).toBe(0);
  });

  it('ends when its signal aborts, and is cancelled with `cancelOnLeave`', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const answer = lorebox.ask({ workspace: 'demo', question: 'Count.' }, { signal, cancelOnLeave: true });
    const reading = (async () => {
      for await (const event of answer) if (event.type === 'text-delta') controller.abort(new Error('enough'));
    })();
    await expect(reading).rejects.toThrow('enough');
    const { answerId } = await answer.started;
    expect(await lastOf(answerId)).toMatchObject({ type: 'answer-error', code: 'CANCELLED' });
    await expect.poll(() => open).toBe(0);
  });

  it('is not cancelled if it had already ended', async () => {
    const answer = lorebox.ask({ workspace: 'demo', question: 'Count.' }, { cancelOnLeave: true });
    expect((await answer.final()).finishReason).toBe('stop');
    expect(await lastOf((await answer.started).answerId)).toMatchObject({ type: 'answer-end' });
  });
});
