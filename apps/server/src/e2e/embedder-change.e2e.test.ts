import { Lorebox } from '@lorebox/sdk';
import { type FakeOpenAi, startFakeOpenAi } from '@lorebox/testkit/fake-openai';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countIndexRows } from './index-rows.ts';

const DOCUMENTS = 120;
const OLD = 'openai:small-embed';
const NEW = 'openai:other-embed';

let double: FakeOpenAi;
let server: LoreboxProcess;
let env: Record<string, string>;
const workspace = 'library';

beforeAll(async () => {
  double = await startFakeOpenAi();
  double.models.push({ id: 'other-embed' });
  env = { LOREBOX_EMBEDDER: OLD, LOREBOX_OPENAI_URL: `${double.url}/v1` };
  server = await startLorebox({ env });
  await client().api.workspaces.create.mutate({ name: workspace });
});
afterAll(async () => {
  await server.dispose();
  await double.close();
});

const client = () => new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
const embedding = () => client().api.workspaces.embedding.query({ workspace });
const text = (name: string, i: number) =>
  `The ${name} number ${i} tells of hall ${i} and of the heron in pond ${i * 7}.`;

async function addTexts(name: string, count: number): Promise<void> {
  const items = Array.from({ length: count }, (_, i) => ({ externalId: `${name}-${i}`, text: text(name, i) }));
  await client().api.documents.importTexts.mutate({ workspace, items });
}

async function settled(ready: number): Promise<void> {
  const summary = () => client().api.documents.summary.query({ workspace });
  await expect.poll(summary, { timeout: 60_000, interval: 100 }).toEqual({ ready, processing: 0, failed: 0 });
}

async function restart(extra: Record<string, string> = {}): Promise<void> {
  await server.kill();
  server = await startLorebox({ dataDir: server.dataDir, env: { ...env, ...extra } });
}

async function findByMeaning(query: string): Promise<string | null | undefined> {
  const { hits } = await client().api.search.query({ workspace, query, mode: 'vector', k: 1 });
  return hits[0]?.externalId;
}

function expectWhole(chunks: number): void {
  const rows = countIndexRows(server.dataDir);
  expect(rows).toMatchObject({ integrity: 'ok', duplicates: 0, orphans: 0, chunks, fullText: chunks, vectors: chunks });
}

describe('changing the embedder', () => {
  it('keeps searches, uploads and deletes working, and survives kills without losing anything', async () => {
    await addTexts('report', DOCUMENTS);
    await settled(DOCUMENTS);
    env.LOREBOX_EMBEDDER = NEW;
    double.delayMs = 100; // slow enough that kills interrupt work in progress
    await restart();
    expect(await embedding()).toMatchObject({ modelId: OLD, chunks: DOCUMENTS, next: { modelId: NEW } });
    for (let i = 0; i < 4; i += 1) {
      expect(await findByMeaning(text('report', 5))).toBe('report-5');
      await new Promise((resolve) => setTimeout(resolve, 50 + i * 60));
      await restart();
    }
    await addTexts('letter', 20);
    const [first] = (await client().api.documents.list.query({ workspace, externalId: 'report-0' })).items;
    await client().api.documents.deleteMany.mutate({ workspace, documentIds: [first?.id ?? ''] });
    await restart();
    double.delayMs = 0;
    await expect
      .poll(embedding, { timeout: 60_000, interval: 50 })
      .toMatchObject({ modelId: NEW, dimension: 64, next: null });
    await settled(DOCUMENTS + 20 - 1);
    expect(await findByMeaning(text('report', 5))).toBe('report-5');
    expect(await findByMeaning(text('letter', 7))).toBe('letter-7');
    const jobs = async () => (await client().api.jobs.list.query({ workspace })).items;
    await expect.poll(jobs, { timeout: 30_000 }).toEqual([]);
    expectWhole(DOCUMENTS + 20 - 1);
    const { items } = await client().api.events.list.query({ type: 'workspace.embedder-changed' });
    expect(items).toMatchObject([{ data: { from: OLD, to: NEW } }]);
  });

  it('can be done for one workspace and cancelled halfway without leaving anything behind', async () => {
    double.delayMs = 300;
    await client().api.workspaces.update.mutate({ workspace, embedder: OLD });
    await expect.poll(embedding).toMatchObject({ modelId: NEW, next: { modelId: OLD } });
    const progress = async () => (await embedding()).next?.done;
    await expect.poll(progress, { timeout: 20_000 }).toBeGreaterThan(0);
    await client().api.workspaces.update.mutate({ workspace, embedder: null });
    double.delayMs = 0;
    expect(await embedding()).toMatchObject({ modelId: NEW, next: null });
    const jobs = async () => (await client().api.jobs.list.query({ workspace })).items;
    await expect.poll(jobs, { timeout: 30_000 }).toEqual([]);
    expectWhole(DOCUMENTS + 20 - 1);
  });

  it('waits with a reason while the new server is down, and the old embedder stays in use', async () => {
    await client().api.settings.update.mutate({ embedder: 'ollama:nomic' });
    const reason = async () => (await embedding()).next?.message;
    await expect.poll(reason, { timeout: 20_000 }).toMatch(/Ollama/);
    expect(await findByMeaning(text('report', 9))).toBe('report-9');
    await client().api.settings.update.mutate({ embedder: null });
    expect(await embedding()).toMatchObject({ modelId: NEW, next: null });
  });

  it('embeds the same text once across documents', async () => {
    const before = double.requests.length;
    const body = text('report', 5);
    await client().api.documents.importTexts.mutate({ workspace, items: [{ externalId: 'copy', text: body }] });
    await settled(DOCUMENTS + 20);
    expect(double.requests.length).toBe(before);
    await expect(client().api.settings.update.mutate({ embedder: 'none' as 'shipped' })).rejects.toThrow(/shipped/);
  });
});
