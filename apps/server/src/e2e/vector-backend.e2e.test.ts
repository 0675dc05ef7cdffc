import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Lorebox } from '@lorebox/sdk';
import { type FakeOpenAi, startFakeOpenAi } from '@lorebox/testkit/fake-openai';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { startFakeQdrant } from '@lorebox/testkit/vector-doubles/fake-qdrant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const DOCUMENTS = 300;
const POLL_OPTIONS = { timeout: 20_000, interval: 100 };

let embedder: FakeOpenAi;
let qdrant: Awaited<ReturnType<typeof startFakeQdrant>>;
let server: LoreboxProcess;
let env: Record<string, string>;

beforeAll(async () => {
  embedder = await startFakeOpenAi();
  embedder.models.push({ id: 'other-embed' });
  qdrant = await startFakeQdrant();
  env = {
    LOREBOX_EMBEDDER: 'openai:small-embed',
    LOREBOX_OPENAI_URL: `${embedder.url}/v1`,
    LOREBOX_VECTOR_BACKEND: 'qdrant',
    LOREBOX_VECTOR_URL: qdrant.url,
  };
  server = await startLorebox({ env });
  for (const name of ['library', 'other']) await client().api.workspaces.create.mutate({ name });
});
afterAll(async () => {
  await server.dispose();
  await qdrant.close();
  await embedder.close();
});

const client = () => new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
const text = (name: string, i: number) =>
  `The ${name} number ${i} tells of hall ${i} and of the heron in pond ${i * 7}.`;
const backend = async () => (await client().status()).vectorBackend;
const inStep = () => expect.poll(backend, POLL_OPTIONS).toMatchObject({ state: 'in-step', vectors: 0, changes: 0 });
const queries = () => qdrant.requests.filter((request) => request.endsWith('/points/query')).length;

async function add(workspace: string, name: string, count: number, metadata: Record<string, string | number> = {}) {
  const items = Array.from({ length: count }, (_, i) => ({
    externalId: `${name}-${i}`,
    text: text(name, i),
    metadata: { ...metadata, number: i % 10 },
  }));
  await client().api.documents.importTexts.mutate({ workspace, items });
  const processing = async () => (await client().api.documents.summary.query({ workspace })).processing;
  await expect.poll(processing, POLL_OPTIONS).toBe(0);
}

async function search(query: string, more: { workspace?: string; metadata?: Record<string, string | number> } = {}) {
  const found = await client().api.search.query({ workspace: 'library', query, mode: 'vector', k: 5, ...more });
  return { ...found, ids: found.hits.map(({ externalId }) => externalId) };
}

async function restart(extra: Record<string, string> = {}): Promise<void> {
  await server.kill();
  server = await startLorebox({ dataDir: server.dataDir, env: { ...env, ...extra } });
}

describe('a vector backend', () => {
  it('receives every vector despite kills, and provides the search candidates', async () => {
    qdrant.delayMs = 40; // slow enough that kills interrupt work in progress
    await add('library', 'report', DOCUMENTS, { kind: 'report' });
    expect((await search(text('report', 299))).ids[0]).toBe('report-299'); // not sent yet, but found
    for (let i = 0; i < 4; i += 1) {
      await restart();
      await new Promise((resolve) => setTimeout(resolve, 60 * i));
    }
    qdrant.delayMs = 0;
    await add('other', 'letter', 20);
    await inStep();
    expect(qdrant.points()).toBe(DOCUMENTS + 20);
    const before = queries();
    const found = await search(text('report', 7));
    expect(found).toMatchObject({ notices: [] });
    expect(found.ids[0]).toBe('report-7');
    expect(queries()).toBe(before + 1);
  });

  it('returns the same results as the in-memory scan', async () => {
    const plain = await startLorebox({ env: { ...env, LOREBOX_VECTOR_BACKEND: 'sqlite' } });
    const alone = new Lorebox({ baseUrl: plain.url, apiKey: plain.apiKey });
    await alone.api.workspaces.create.mutate({ name: 'library' });
    const items = Array.from({ length: DOCUMENTS }, (_, i) => ({ externalId: `report-${i}`, text: text('report', i) }));
    await alone.api.documents.importTexts.mutate({ workspace: 'library', items });
    const ready = async () => (await alone.api.documents.summary.query({ workspace: 'library' })).ready;
    await expect.poll(ready, POLL_OPTIONS).toBe(DOCUMENTS);
    expect((await alone.status()).vectorBackend).toBeNull();
    for (const query of [text('report', 3), 'heron in pond 21', 'hall 250']) {
      const { hits } = await alone.api.search.query({ workspace: 'library', query, mode: 'vector', k: 5 });
      const scores = (await search(query)).hits.map(({ vectorScore }) => vectorScore?.toFixed(5));
      expect(scores).toEqual(hits.map(({ vectorScore }) => vectorScore?.toFixed(5)));
    }
    await plain.dispose();
  });

  it('filters inside the query, tracks metadata changes, and isolates workspaces', async () => {
    const seventh = await search(text('report', 7), { metadata: { number: 7 } });
    expect(seventh.ids).toHaveLength(5);
    expect(seventh.ids.every((id) => id?.endsWith('7'))).toBe(true);
    expect((await search(text('letter', 3))).ids.some((id) => id?.startsWith('letter'))).toBe(false);
    expect((await search(text('report', 3), { workspace: 'other' })).ids[0]).toMatch(/^letter/);
    const item = { externalId: 'report-5', text: text('report', 5), metadata: { kind: 'memo' } };
    await client().api.documents.importTexts.mutate({ workspace: 'library', items: [item] });
    expect((await search(text('report', 5), { metadata: { kind: 'memo' } })).ids).toEqual(['report-5']);
    await inStep();
    expect(await search(text('report', 5), { metadata: { kind: 'memo' } })).toMatchObject({
      ids: ['report-5'],
      notices: [],
    });
    expect((await search(text('report', 5), { metadata: { kind: 'report' } })).ids).not.toContain('report-5');
  });

  it('removes deleted documents', async () => {
    const { hits } = await search(text('report', 9));
    const documentIds = hits.slice(0, 1).map(({ documentId }) => documentId);
    await client().api.documents.deleteMany.mutate({ workspace: 'library', documentIds });
    expect((await search(text('report', 9))).ids).not.toContain('report-9');
    await expect.poll(() => qdrant.points(), POLL_OPTIONS).toBe(DOCUMENTS + 20 - 1);
    await client().api.workspaces.delete.mutate({ workspace: 'other' });
    await expect.poll(() => qdrant.points(), POLL_OPTIONS).toBe(DOCUMENTS - 1);
    await inStep();
  });

  it('can be down: searches stay complete, add a warning, and switch back automatically', async () => {
    qdrant.failWith = 503;
    const found = await search(text('report', 11));
    expect(found.ids[0]).toBe('report-11');
    expect(found.notices).toMatchObject([
      { code: 'vector-backend-failed', message: expect.stringContaining('out of order') },
    ]);
    await add('library', 'note', 5);
    expect((await search(text('note', 2))).ids[0]).toBe('note-2');
    await expect
      .poll(backend, POLL_OPTIONS)
      .toMatchObject({ state: 'failing', message: expect.stringContaining('out of order') });
    qdrant.failWith = null;
    await inStep();
    await expect.poll(async () => (await search(text('note', 2))).notices, POLL_OPTIONS).toEqual([]);
    expect(qdrant.points()).toBe(DOCUMENTS - 1 + 5);
  });

  it('can hang: searches wait three seconds, and shutdown does not wait', async () => {
    qdrant.delayMs = 30_000;
    const found = await search(text('report', 11));
    expect(found.ids[0]).toBe('report-11');
    expect(found.notices).toMatchObject([{ message: expect.stringContaining('3000 ms') }]);
    await add('library', 'late', 3);
    expect(await server.stop()).toBe(0);
    qdrant.delayMs = 0;
    server = await startLorebox({ dataDir: server.dataDir, env });
    await inStep();
    expect(qdrant.points()).toBe(DOCUMENTS - 1 + 5 + 3);
  });

  it('can lose its data: it is refilled, and no search misses a hit', async () => {
    qdrant.wipe();
    const found = await search(text('report', 12));
    expect(found.ids[0]).toBe('report-12');
    expect(found.notices).toMatchObject([{ code: 'vector-backend-failed' }]);
    await expect.poll(() => qdrant.points(), POLL_OPTIONS).toBe(DOCUMENTS - 1 + 5 + 3);
    await inStep();
    await expect.poll(async () => (await search(text('report', 12))).notices, POLL_OPTIONS).toEqual([]);
  });

  it('switches to a new embedder and keeps nothing of the old one', async () => {
    await restart({ LOREBOX_EMBEDDER: 'openai:other-embed' });
    const modelId = async () => (await client().api.workspaces.embedding.query({ workspace: 'library' })).modelId;
    await expect.poll(modelId, POLL_OPTIONS).toBe('openai:other-embed');
    expect((await search(text('report', 13))).ids[0]).toBe('report-13');
    await inStep();
    await expect.poll(() => qdrant.points(), POLL_OPTIONS).toBe(DOCUMENTS - 1 + 5 + 3);
    const before = queries();
    expect(await search(text('report', 13))).toMatchObject({ notices: [] });
    expect(queries()).toBe(before + 1);
  });
});

it('can be LanceDB in the data folder, without another server', async () => {
  const { LOREBOX_VECTOR_URL: _, ...rest } = env;
  const own = await startLorebox({ env: { ...rest, LOREBOX_VECTOR_BACKEND: 'lancedb' } });
  const lorebox = new Lorebox({ baseUrl: own.url, apiKey: own.apiKey });
  await lorebox.api.workspaces.create.mutate({ name: 'library' });
  const items = Array.from({ length: 60 }, (_, i) => ({
    externalId: `report-${i}`,
    text: text('report', i),
    metadata: { number: i % 10 },
  }));
  await lorebox.api.documents.importTexts.mutate({ workspace: 'library', items });
  const ready = async () => (await lorebox.api.documents.summary.query({ workspace: 'library' })).ready;
  await expect.poll(ready, POLL_OPTIONS).toBe(60);
  await expect
    .poll(async () => (await lorebox.status()).vectorBackend, POLL_OPTIONS)
    .toMatchObject({ state: 'in-step', vectors: 0 });
  expect(existsSync(join(own.dataDir, 'lancedb'))).toBe(true);
  const query = { workspace: 'library', query: text('report', 17), mode: 'vector', metadata: { number: 7 } } as const;
  const found = await lorebox.api.search.query(query);
  expect(found.notices).toEqual([]);
  expect(found.hits[0]?.externalId).toBe('report-17');
  expect(found.hits.every(({ externalId }) => externalId?.endsWith('7'))).toBe(true);
  await own.dispose();
});

it('does not start without an address', async () => {
  const started = startLorebox({ env: { LOREBOX_VECTOR_BACKEND: 'milvus' } });
  await expect(started).rejects.toThrow(/"milvus" requires LOREBOX_VECTOR_URL/);
});
