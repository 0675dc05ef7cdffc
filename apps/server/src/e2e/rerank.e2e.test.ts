import { Lorebox } from '@lorebox/sdk';
import { startFakeHub, TINY_RERANKER } from '@lorebox/testkit/fake-hub';
import { startFakeReranker } from '@lorebox/testkit/fake-reranker';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const TEXTS = {
  plain: 'The pond is quiet in winter. The pond is where everybody goes in summer.',
  birds: 'A heron stands at the pond. The heron waits, and another heron comes to it.',
  other: 'The pump at the pond was serviced in May; the report names its parts.',
};
const QUERY = 'who is quiet at the pond where everybody goes in winter and in summer';

let double: Awaited<ReturnType<typeof startFakeReranker>>;
let hub: Awaited<ReturnType<typeof startFakeHub>>;
let server: LoreboxProcess;
let lorebox: Lorebox;

beforeAll(async () => {
  double = await startFakeReranker();
  hub = await startFakeHub();
  server = await startLorebox({
    env: { LOREBOX_RERANK_URL: `${double.url}/v1`, LOREBOX_HUB_URL: hub.url, LOREBOX_RERANK_TIMEOUT_MS: '2000' },
  });
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  await lorebox.api.workspaces.create.mutate({ name: 'pond' });
  const items = Object.entries(TEXTS).map(([externalId, text]) => ({ externalId, text }));
  await lorebox.api.documents.importTexts.mutate({ workspace: 'pond', items });
  const summary = () => lorebox.api.documents.summary.query({ workspace: 'pond' });
  while ((await summary()).ready < items.length) await new Promise((resolve) => setTimeout(resolve, 50));
});
afterAll(async () => {
  await server.dispose();
  await hub.close();
  await double.close();
});

const search = (more: { rerank?: boolean } = {}) =>
  lorebox.api.search.query({ workspace: 'pond', query: QUERY, k: 3, ...more });
const set = (reranker: string | null) => lorebox.api.workspaces.update.mutate({ workspace: 'pond', reranker });

describe('a reranker', () => {
  it('is off by default, and ranks the best passage first once enabled', async () => {
    const before = await search();
    expect(before.hits[0]).toMatchObject({ externalId: 'plain', rerankScore: null });
    expect(before).toMatchObject({ notices: [], timings: { rerank: 0 } });
    await set('http:judge');
    const after = await search();
    expect(after.hits.map(({ externalId }) => externalId)[0]).toBe('birds');
    expect(after.hits[0]?.rerankScore).toBe(3);
    expect((await search({ rerank: false })).hits[0]?.externalId).toBe('plain');
  });

  it('that times out or fails leaves the order unchanged and adds a warning', async () => {
    double.delayMs = 3000;
    const late = await search();
    expect(late.hits[0]?.externalId).toBe('plain');
    expect(late.notices).toMatchObject([{ code: 'rerank-timeout', message: expect.stringContaining('2000 ms') }]);
    double.delayMs = 0;
    double.faults = 'error-500';
    const failed = await search();
    expect(failed.hits[0]?.externalId).toBe('plain');
    expect(failed.notices).toMatchObject([
      { code: 'rerank-failed', message: expect.stringContaining('out of memory') },
    ]);
    const answer = await lorebox.api.chat.ask.mutate({ workspace: 'pond', question: QUERY });
    for await (const event of lorebox.watch(answer.answerId)) {
      if (event.type === 'sources-found') expect(event.notices).toMatchObject([{ code: 'rerank-failed' }]);
    }
    double.faults = 'none';
  });

  it('can be a cross-encoder that is downloaded by name', async () => {
    await set(`onnx:${TINY_RERANKER}`);
    await search(); // downloads and loads the model
    const found = await search();
    expect(found.notices).toEqual([]);
    expect(found.hits[0]).toMatchObject({ externalId: 'birds' });
    await set('onnx:tests/none');
    expect((await search()).notices).toMatchObject([
      { code: 'rerank-failed', message: expect.stringContaining('404') },
    ]);
    await expect(set('magic')).rejects.toThrow(/onnx:MODEL/);
    await set(null);
  });
});

it('falls back to keyword search with a warning when the embedder is down', async () => {
  await server.stop();
  const lonely = await startLorebox({ dataDir: server.dataDir, env: { LOREBOX_EMBEDDER: 'ollama:none' } });
  const other = new Lorebox({ baseUrl: lonely.url, apiKey: lonely.apiKey });
  await other.api.workspaces.create.mutate({ name: 'empty' });
  const found = await other.api.search.query({ workspace: 'empty', query: 'heron' });
  expect(found).toMatchObject({ hits: [], notices: [{ code: 'vector-search-failed' }] });
  await expect(other.api.search.query({ workspace: 'empty', query: 'heron', mode: 'vector' })).rejects.toThrow(
    /Ollama/,
  );
  await lonely.stop();
});
