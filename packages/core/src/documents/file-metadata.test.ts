import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { search } from '../search/search.ts';
import { getDocument } from './get-document.ts';
import { listDocuments } from './list-documents.ts';
import { updateDocument } from './update-document.ts';
import { uploadDocuments } from './upload-documents.ts';

let test: TestCore;

beforeEach(async () => {
  test = await createTestCore();
  await test.addWorkspace();
});
afterEach(() => test.close());

type Details = Omit<Parameters<typeof uploadDocuments>[2]['files'][number], 'staged'>;

async function upload(text: string, details: Details = {}, onSamePath?: 'add' | 'replace' | 'reject') {
  const staged = await test.stageFile('plan.txt', text);
  const files = [{ staged, ...details }];
  const { documents } = await uploadDocuments(test.core, test.admin, { workspace: 'demo', files, onSamePath });
  await test.runIngest();
  return documents[0] as (typeof documents)[number];
}

const read = (id: string) => getDocument(test.core, test.admin, id);

describe('what a file says about itself', () => {
  beforeEach(() => {
    test.parser.metadata = { author: 'Ida Larsen', created: '2024-03-15T10:00:00Z' };
  });

  it('is in the metadata, below the values of the sender', async () => {
    const { id } = await upload('The plan of the harbour.', { metadata: { author: 'Harbour office', shelf: 7 } });
    expect((await read(id)).metadata).toEqual({ author: 'Harbour office', shelf: 7, created: '2024-03-15T10:00:00Z' });
  });

  it('is found by its words', async () => {
    await upload('Another plan of another place.', { metadata: { author: 'Bo Berg' } });
    const { id } = await upload('The plan of the harbour.');
    const found = async (query: string) => {
      const { hits } = await search(test.core, test.admin, { workspace: 'demo', query, mode: 'keyword', k: 5 });
      return hits.map(({ documentId }) => documentId);
    };
    expect(await found('Larsen')).toEqual([id]);
    expect(await found('2024-03-15')).toEqual([]);
  });

  it('filters searches', async () => {
    const { id } = await upload('The plan of the harbour.');
    const find = (metadata: Record<string, string>) =>
      search(test.core, test.admin, { workspace: 'demo', query: 'plan harbour', k: 5, mode: 'hybrid', metadata });
    expect((await find({ author: 'Ida Larsen' })).hits.map(({ documentId }) => documentId)).toEqual([id]);
    expect((await find({ author: 'Somebody else' })).hits).toEqual([]);
  });

  it('stays when the sender changes the metadata or sends the same file again', async () => {
    const { id } = await upload('The plan.', { externalId: 'p', metadata: { shelf: 1 } });
    await updateDocument(test.core, test.admin, { documentId: id, metadata: { author: 'Me' } });
    expect((await read(id)).metadata).toEqual({ author: 'Me', created: '2024-03-15T10:00:00Z' });
    expect(await upload('The plan.', { externalId: 'p', metadata: { shelf: 2 } })).toMatchObject({ unchanged: true });
    expect((await read(id)).metadata).toMatchObject({ author: 'Ida Larsen', shelf: 2 });
  });

  it('changes with the file', async () => {
    const { id } = await upload('The plan.', { externalId: 'p', metadata: { shelf: 1 } });
    test.parser.metadata = { author: 'Bo' };
    await upload('A new plan.', { externalId: 'p', metadata: { shelf: 1 } });
    expect((await read(id)).metadata).toEqual({ author: 'Bo', shelf: 1 });
  });
});

describe('a file whose path exists', () => {
  const details = { metadata: { path: 'plans/plan.txt' } };
  const count = async () => (await listDocuments(test.core, test.admin, { workspace: 'demo', limit: 10 })).items.length;

  it('is added by default', async () => {
    await upload('one', details);
    await upload('two', details);
    expect(await count()).toBe(2);
  });

  it('replaces the document', async () => {
    const first = await upload('one', details);
    expect(await upload('two', details, 'replace')).toMatchObject({ id: first.id, unchanged: false });
    expect(await upload('two', details, 'replace')).toMatchObject({ id: first.id, unchanged: true });
    await upload('three', { metadata: { path: 'other/plan.txt' } }, 'replace');
    expect(await count()).toBe(2);
  });

  it('is rejected by name', async () => {
    await upload('one', details);
    await expect(upload('two', details, 'reject')).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('"plans/plan.txt"'),
    });
    expect(await upload('one', details, 'reject')).toMatchObject({ unchanged: true });
    expect(await count()).toBe(1);
  });

  it('is compared by name if it has no path', async () => {
    const first = await upload('one');
    await upload('two', details);
    expect(await upload('three', {}, 'replace')).toMatchObject({ id: first.id });
    expect(await count()).toBe(2);
  });
});
