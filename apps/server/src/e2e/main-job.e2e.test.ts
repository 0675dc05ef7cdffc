import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type AnswerEvent, Lorebox } from '@lorebox/sdk';
import { type FakeOllama, startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const LIGHTHOUSE =
  'The lighthouse at Cape Varn was built in 1874. It stands 31 metres tall on a granite base.\n\n' +
  'Its first keeper was Ada Holm, who served for nineteen years and wrote a diary every night.';
const BAKERY = 'The bakery on Mill Street opens at six. Its rye bread takes two days to make.';

let ollama: FakeOllama;
let server: LoreboxProcess;
let lorebox: Lorebox;

beforeAll(async () => {
  ollama = await startFakeOllama();
  server = await startLorebox({ env: { LOREBOX_OLLAMA_URL: ollama.url } });
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
});
afterAll(async () => {
  await server.dispose();
  await ollama.close();
});

async function settle(workspace: string): Promise<void> {
  while ((await lorebox.api.documents.summary.query({ workspace })).processing > 0) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function collect(events: AsyncIterable<AnswerEvent>): Promise<AnswerEvent[]> {
  const all: AnswerEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

describe('from files to an answer with citations', () => {
  let workspace: string;

  beforeAll(async () => {
    workspace = (await lorebox.api.workspaces.create.mutate({ name: 'Main job' })).slug;
    await lorebox.documents.upload(workspace, [
      { name: 'lighthouse.txt', data: new Blob([LIGHTHOUSE]) },
      { name: '../../etc/bakery.md', data: new Blob([`# Bakery\n\n${BAKERY}`]) },
      { name: 'empty.txt', data: new Blob([]) },
    ]);
    await settle(workspace);
  });

  it('makes each file searchable or reports why it failed', async () => {
    const { items } = await lorebox.api.documents.list.query({ workspace });
    const byName = Object.fromEntries(items.map((item) => [item.filename, item]));
    expect(byName['lighthouse.txt']).toMatchObject({
      status: 'ready',
      stage: 'searchable',
      progress: 1,
      format: 'text',
    });
    expect(byName['bakery.md']).toMatchObject({ status: 'ready', title: 'Bakery', format: 'markdown' });
    expect(byName['empty.txt']).toMatchObject({ status: 'failed', reason: 'empty' });
    expect(byName['empty.txt']?.message).toMatch(/empty/);
  });

  it('streams an answer whose citations point to the exact location', async () => {
    const answer = lorebox.ask({ workspace, question: 'How tall is the lighthouse at Cape Varn?' });
    const events = await collect(answer);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
    expect(events.at(0)?.type).toBe('answer-start');
    expect(events.at(1)?.type).toBe('sources-found');
    const end = events.at(-1);
    if (end?.type !== 'answer-end') throw new Error(JSON.stringify(end));
    const deltas = events.flatMap((event) => (event.type === 'text-delta' ? [event.text] : []));
    expect(deltas.join('')).toBe(end.answer);
    expect(end.answer).toContain('[1]');
    expect(end.citations).toHaveLength(1);
    const [citation] = end.citations;
    const { documentId = '', start = 0, end: stop = 0 } = citation ?? {};
    const stored = await lorebox.api.documents.text.query({ documentId, start, end: stop });
    expect(stored.text).toBe(citation?.text);
    expect(LIGHTHOUSE.slice(start, stop)).toBe(citation?.text);
    expect(end.context).toMatchObject({ window: 8192, sourcesCut: 0 });
    expect(end.usage.inputTokens).toBeGreaterThan(0);
    expect(end.timings.firstToken).toBeGreaterThan(0);

    const { threadId } = await answer.started;
    const messages = await lorebox.api.threads.messages.query({ threadId });
    expect(messages.items.map(({ role, text }) => [role, text])).toEqual([
      ['user', 'How tall is the lighthouse at Cape Varn?'],
      ['assistant', end.answer],
    ]);
    expect(messages.items[1]?.citations).toEqual(end.citations);
  });

  it('supports keyword, vector and hybrid search with highlights and timings', async () => {
    for (const mode of ['keyword', 'vector', 'hybrid'] as const) {
      const { hits, timings } = await lorebox.api.search.query({
        workspace,
        query: 'who kept the lighthouse',
        mode,
        k: 5,
      });
      expect(hits[0]?.filename).toBe('lighthouse.txt');
      expect(timings.total).toBeGreaterThan(0);
    }
    const { hits } = await lorebox.api.search.query({ workspace, query: 'rye bread' });
    const [hit] = hits;
    expect(hit?.highlights.map(({ start, end }) => hit.text.slice(start, end))).toEqual(['rye', 'bread']);
  });

  it('declines in query mode without calling the model when no document matches', async () => {
    const empty = (await lorebox.api.workspaces.create.mutate({ name: 'Nothing', mode: 'query' })).slug;
    const asked = ollama.requests.filter(({ path }) => path === '/api/chat').length;
    const end = await lorebox.ask({ workspace: empty, question: 'What is the capital of France?' }).final();
    expect(end).toMatchObject({ finishReason: 'refused', citations: [] });
    expect(end.answer).toContain('do not answer this question');
    expect(ollama.requests.filter(({ path }) => path === '/api/chat')).toHaveLength(asked);
  });

  it('continues a thread, regenerates an answer and rewrites follow-up questions', async () => {
    const first = lorebox.ask({ workspace, question: 'When was the lighthouse built?' });
    await first.final();
    const { threadId } = await first.started;
    await lorebox.ask({ workspace, threadId, question: 'And who kept it?' }).final();
    const before = (await lorebox.api.threads.messages.query({ threadId })).items;
    expect(before).toHaveLength(4);

    const again = await lorebox.api.chat.regenerate.mutate({ messageId: before[3]?.id ?? '' });
    await collect(lorebox.watch(again.answerId));
    const regenerated = (await lorebox.api.threads.messages.query({ threadId })).items;
    expect(regenerated).toHaveLength(4);
    expect(regenerated[3]?.id).not.toBe(before[3]?.id);

    const edited = await lorebox.api.chat.editAndResend.mutate({
      messageId: before[2]?.id ?? '',
      question: 'Who wrote a diary?',
    });
    await collect(lorebox.watch(edited.answerId));
    const texts = (await lorebox.api.threads.messages.query({ threadId })).items.map(({ text }) => text);
    expect(texts).toHaveLength(4);
    expect(texts[2]).toBe('Who wrote a diary?');

    await lorebox.api.threads.deleteMessage.mutate({ messageId: before[0]?.id ?? '' });
    expect((await lorebox.api.threads.messages.query({ threadId })).items).toHaveLength(2);
  });

  it('cancels an answer and the request to the model server', async () => {
    ollama.delayMs = 200;
    try {
      const aborted = ollama.aborted;
      const answer = lorebox.ask({ workspace, question: 'How tall is the lighthouse?' });
      let last: AnswerEvent | undefined;
      for await (const event of answer) {
        if (event.type === 'text-delta' && last?.type !== 'text-delta') await answer.cancel();
        last = event;
      }
      expect(last).toMatchObject({ type: 'answer-error', code: 'CANCELLED' });
      await expect.poll(() => ollama.aborted).toBe(aborted + 1);
    } finally {
      ollama.delayMs = 0;
    }
  });

  it('ends with a clear, typed error for every model failure', async () => {
    const faults = {
      cut: 'MODEL_FAILED',
      'error-500': 'MODEL_FAILED',
      'missing-model': 'MODEL_NOT_FOUND',
      'error-line': 'MODEL_FAILED',
    } as const;
    for (const [fault, code] of Object.entries(faults)) {
      ollama.faults = fault as keyof typeof faults;
      const events = await collect(lorebox.ask({ workspace, question: 'How tall is the lighthouse?' }));
      expect(events.at(-1), fault).toMatchObject({ type: 'answer-error', code });
    }
    ollama.faults = 'none';
    expect((await lorebox.ask({ workspace, question: 'How tall is the lighthouse?' }).final()).finishReason).toBe(
      'stop',
    );
  });

  it('stores identical bytes once and deletes them with the last document', async () => {
    const data = new Blob(['The same bytes under two names in two workspaces.']);
    const sha256 = createHash('sha256')
      .update(Buffer.from(await data.arrayBuffer()))
      .digest('hex');
    const blobs = () =>
      readdirSync(join(server.dataDir, 'blobs'), { recursive: true }).filter((name) => String(name).endsWith(sha256));
    const other = (await lorebox.api.workspaces.create.mutate({ name: 'Other' })).slug;
    const a = await lorebox.documents.upload(workspace, [{ name: 'a.txt', data }]);
    const b = await lorebox.documents.upload(other, [{ name: 'b.txt', data }]);
    await settle(workspace);
    await settle(other);
    expect(blobs()).toHaveLength(1);
    const again = await lorebox.documents.upload(workspace, [{ name: 'a.txt', data }]);
    expect(again.documents[0]).toMatchObject({ id: a.documents[0]?.id, unchanged: true });
    await lorebox.api.documents.deleteMany.mutate({ workspace, documentIds: [a.documents[0]?.id ?? ''] });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(blobs()).toHaveLength(1);
    await lorebox.api.documents.deleteMany.mutate({ workspace: other, documentIds: [b.documents[0]?.id ?? ''] });
    await expect.poll(() => blobs().length).toBe(0);
    expect((await lorebox.api.search.query({ workspace: other, query: 'same bytes' })).hits).toEqual([]);
  });

  it('replaces the text of an externalId and removes the old text from search', async () => {
    const items = [{ externalId: 'x-1', title: 'Note', text: 'The old password of the printer was heron.' }];
    const first = await lorebox.api.documents.importTexts.mutate({ workspace, items });
    await settle(workspace);
    items[0] = { externalId: 'x-1', title: 'Note', text: 'The printer uses a badge reader since spring.' };
    const second = await lorebox.api.documents.importTexts.mutate({ workspace, items });
    await settle(workspace);
    expect(second.documents[0]?.id).toBe(first.documents[0]?.id);
    const { hits } = await lorebox.api.search.query({ workspace, query: 'printer heron password' });
    expect(hits[0]?.text).toContain('badge reader');
    expect(hits.some(({ text }) => text.includes('heron'))).toBe(false);
  });
});
