import type { Chunk } from '@lorebox/contract/document';
import type { Workspace } from '@lorebox/contract/workspace';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { search } from '../search/search.ts';
import { getDocument } from './get-document.ts';
import { listChunks } from './list-chunks.ts';
import { readDocumentText } from './read-document-text.ts';
import { reingestDocument } from './reingest-document.ts';
import { CHANGED_WARNING, updateChunk } from './update-chunk.ts';

let test: TestCore;
let workspace: Workspace;
let documentId: string;
let chunk: Chunk;

beforeEach(async () => {
  test = await createTestCore();
  workspace = await test.addWorkspace();
  documentId = await test.addText(workspace.id, 'The lighthouse is fourty metres high.', 'lights');
  const [first] = await chunks();
  if (!first) throw new Error('no chunk');
  chunk = first;
});
afterEach(() => test.close());

const chunks = async () => (await listChunks(test.core, test.admin, documentId, { limit: 10 })).items;
const change = (input: { excluded?: boolean; text?: string }, actor = test.admin) =>
  updateChunk(test.core, actor, { documentId, chunkId: chunk.id, ...input });
async function found(query: string): Promise<string[]> {
  const { hits } = await search(test.core, test.admin, { workspace: 'demo', query, k: 10, mode: 'hybrid' });
  return hits.map(({ text }) => text);
}

it('an excluded chunk is shown but not found, until it is used again', async () => {
  expect(await change({ excluded: true })).toEqual({ ...chunk, excluded: true });
  expect([await found('lighthouse'), await chunks()]).toEqual([[], [{ ...chunk, excluded: true }]]);
  expect((await test.stores.documents.listChunks(documentId, { limit: 10 })).items).toEqual([]);
  expect((await getDocument(test.core, test.admin, documentId)).warnings).toEqual([CHANGED_WARNING]);
  expect(await change({ excluded: false })).toEqual(chunk);
  expect(await found('lighthouse')).toEqual([chunk.text]);
  expect((await getDocument(test.core, test.admin, documentId)).warnings).toEqual([]);
});

it('a correction is found, embedded and part of the text, until the document is ingested again', async () => {
  const text = 'The lighthouse is 40 m high.';
  const corrected = await change({ text });
  expect(corrected).toMatchObject({ id: chunk.id, text, corrected: true, excluded: false, start: 0, end: text.length });
  expect([await found('40'), await found('fourty')]).toEqual([[text], [text]]);
  const whole = await readDocumentText(test.core, test.admin, { documentId, start: 0 });
  expect(whole).toMatchObject({ text, length: text.length });
  await change({ excluded: true });
  expect(await chunks()).toMatchObject([{ text, corrected: true, excluded: true }]);
  await reingestDocument(test.core, test.admin, documentId);
  await test.runIngest();
  expect((await chunks())[0]).toMatchObject({ corrected: false, excluded: false });
  expect((await getDocument(test.core, test.admin, documentId)).warnings).toEqual([]);
});

it('requires the role editor and an existing chunk', async () => {
  const viewer = await test.addMember(workspace.id, 'viewer');
  await expect(change({ excluded: true }, viewer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const unknown = updateChunk(test.core, test.admin, { documentId, chunkId: `${documentId}.1.9`, excluded: true });
  await expect(unknown).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await change({})).toEqual(chunk);
});
