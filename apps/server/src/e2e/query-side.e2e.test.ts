import { type AnswerEvent, Lorebox } from '@lorebox/sdk';
import { type FakeOllama, startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let ollama: FakeOllama;
let server: LoreboxProcess;
let lorebox: Lorebox;

beforeAll(async () => {
  ollama = await startFakeOllama();
  server = await startLorebox({ env: { LOREBOX_OLLAMA_URL: ollama.url, LOREBOX_MODEL: 'ollama:llama3.2' } });
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  await lorebox.workspaces.create({ name: 'coast', topK: 1 });
  await lorebox.documents.importTexts('coast', [
    { externalId: 'tower', title: 'Tower', text: 'The lighthouse at Cape Varn was painted vermilion in 1901.' },
    { externalId: 'keeper', title: 'Keeper', text: 'The keeper of Cape Varn had four children and a boat.' },
    {
      externalId: 'long',
      title: 'Log',
      text: Array.from({ length: 120 }, (_, i) => `On day ${i} the fog bell of the harbour rang ${i * 3} times.`).join(
        ' ',
      ),
    },
  ]);
  await lorebox.documents.waitUntilIdle('coast');
});
afterAll(async () => {
  await server.dispose();
  await ollama.close();
});

async function ask(question: string, threadId?: string) {
  const answer = lorebox.ask({ workspace: 'coast', question, ...(threadId ? { threadId } : {}) });
  const events: AnswerEvent[] = [];
  for await (const event of answer) events.push(event);
  const found = events.find((event) => event.type === 'sources-found');
  const end = events.find((event) => event.type === 'answer-end');
  if (!found || !end) throw new Error('the answer has no end');
  return { threadId: (await answer.started).threadId, found, end };
}

const prompts = () =>
  ollama.requests.filter(({ path }) => path === '/api/chat').map(({ body }) => JSON.stringify(body));

describe('a follow-up question', () => {
  it('is rewritten by the model if enabled, and both versions are searched', async () => {
    ollama.reply = ['The keeper had four children [1].'];
    const first = await ask('Who was the keeper of Cape Varn and what did the keeper own besides children?');
    const before = prompts().length;
    await ask('And which vermilion thing stood there?', first.threadId);
    expect(prompts().length - before).toBe(1);

    await lorebox.workspaces.update('coast', { rewriteFollowUps: true });
    ollama.reply = ['In which colour was the lighthouse at Cape Varn painted?'];
    const again = prompts().length;
    const second = await ask('And its colour?', first.threadId);
    const made = prompts().slice(again);
    expect(made).toHaveLength(2);
    expect(made[0]).toContain('Last question: And its colour?');
    expect(second.found.sources[0]?.externalId).toBe('tower');
    expect(second.found.notices).toEqual([]);
  });

  it('is searched as written, with a warning, when the model returns no rewrite', async () => {
    const first = await ask('Who was the keeper of Cape Varn?');
    ollama.reply = (request) => (JSON.stringify(request).includes('Last question: ') ? '  \n ' : 'Four.');
    const { found } = await ask('How many children?', first.threadId);
    expect(found.notices).toMatchObject([{ code: 'question-not-rewritten' }]);
    await lorebox.workspaces.update('coast', { rewriteFollowUps: false });
  });
});

it('sends the text around a passage to the model if enabled, and cites the passage', async () => {
  ollama.reply = ['On day 60 the fog bell of the harbour rang 180 times [1].'];
  const narrow = await ask('How often did the fog bell ring on day 60?');
  await lorebox.workspaces.update('coast', { expandSources: true });
  const wide = await ask('How often did the fog bell ring on day 60?');
  const [before, after] = [narrow.found.sources[0], wide.found.sources[0]];
  expect(after?.text.length).toBeGreaterThan((before?.text.length ?? 0) + 200);
  const { text } = await lorebox.documents.text(after?.documentId ?? '', {
    start: after?.start ?? 0,
    end: after?.end ?? 0,
  });
  expect(text).toBe(after?.text);
  const [cited] = wide.end.citations;
  expect(cited?.text).toContain('On day 60 the fog bell of the harbour rang 180 times.');
  expect(cited?.text).toBe(
    text.slice((cited?.start ?? 0) - (after?.start ?? 0), (cited?.end ?? 0) - (after?.start ?? 0)),
  );
  expect(wide.end.context.promptTokens).toBeLessThan(wide.end.context.window);
  await lorebox.workspaces.update('coast', { expandSources: false });
});

it('searches for several variants of one question at once', async () => {
  const query = 'what does the family of the man in the tower consist of';
  const queryVariants = ['keeper children boat'];
  const { hits } = await lorebox.search({ workspace: 'coast', query, queryVariants, k: 3 });
  expect(hits[0]?.externalId).toBe('keeper');
});
