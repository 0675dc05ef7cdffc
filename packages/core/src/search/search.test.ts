import { AppError } from '@lorebox/contract/errors';
import type { SearchInput } from '@lorebox/contract/search';
import type { Workspace } from '@lorebox/contract/workspace';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { importTexts } from '../documents/import-texts.ts';
import { search } from './search.ts';

let test: TestCore;
let workspace: Workspace;

beforeEach(async () => {
  test = await createTestCore();
  workspace = await test.addWorkspace();
  await test.addText(workspace.id, 'The sky is blue on a clear day.', 'sky');
  await test.addText(workspace.id, 'Grass is green in spring.', 'grass');
});
afterEach(() => test.close());

const find = (change: Partial<SearchInput> = {}, actor = test.admin) =>
  search(test.core, actor, { workspace: 'demo', query: 'blue sky', mode: 'hybrid', k: 5, ...change } as SearchInput);

it('finds passages by keyword, by vector, and by both', async () => {
  for (const mode of ['keyword', 'vector', 'hybrid'] as const) {
    const { hits } = await find({ mode });
    expect(hits[0]).toMatchObject({ externalId: 'sky', start: 0, end: 31, text: 'The sky is blue on a clear day.' });
  }
  const { hits } = await find({ mode: 'keyword' });
  expect(hits[0]?.highlights).toEqual([
    { start: 4, end: 7 },
    { start: 11, end: 15 },
  ]);
});

it('is limited to documents and metadata', async () => {
  const items = [{ text: 'A blue sky in winter.', externalId: 'winter', metadata: { season: 'winter' } }];
  const { documents } = await importTexts(test.core, test.admin, { workspace: 'demo', items });
  await test.runIngest();
  const ids = async (change: Partial<SearchInput>) => (await find(change)).hits.map(({ externalId }) => externalId);
  expect(await ids({ metadata: { season: 'winter' } })).toEqual(['winter']);
  expect(await ids({ documentIds: [documents[0]?.id ?? ''] })).toEqual(['winter']);
  await expect(find({ documentIds: ['doc_unknown'] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('requires documents:read and a workspace that the caller can see', async () => {
  const input = { workspace: 'demo', query: 'sky', mode: 'keyword', k: 5 } as const;
  const key = test.keyActor(['chat']);
  await expect(search(test.core, key, input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const stranger = await test.addUser('stranger');
  await expect(search(test.core, stranger, input)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('reranks, or returns results as they are if the reranker fails', async () => {
  test.core.settingDefaults.reranker = 'test:short';
  const query = { query: 'sky grass' };
  const first = async () => (await find(query)).hits[0];
  expect(await first()).toMatchObject({ externalId: 'grass', rerankScore: expect.any(Number) });
  expect((await find({ ...query, rerank: false })).hits[0]).toMatchObject({ rerankScore: null });
  test.rerankers.failure = new AppError('RERANKER_FAILED', 'The reranker is down.');
  expect(await find(query)).toMatchObject({ notices: [{ code: 'rerank-failed' }] });
});

it('fails without its embedder only in vector mode', async () => {
  test.embedders.failure = new AppError('EMBEDDER_FAILED', 'The embedder is down.');
  expect(await find()).toMatchObject({ hits: [{ externalId: 'sky' }], notices: [{ code: 'vector-search-failed' }] });
  await expect(find({ mode: 'vector' })).rejects.toMatchObject({ code: 'EMBEDDER_FAILED' });
});
