import type { Workspace } from '@lorebox/contract/workspace';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { getDocument } from './get-document.ts';
import { getDocumentContent } from './get-document-content.ts';
import { listChunks } from './list-chunks.ts';
import { listDocuments } from './list-documents.ts';
import { readDocumentText } from './read-document-text.ts';
import { summarizeDocuments } from './summarize-documents.ts';
import { uploadDocuments } from './upload-documents.ts';

let test: TestCore;
let workspace: Workspace;
let documentId: string;

beforeEach(async () => {
  test = await createTestCore();
  workspace = await test.addWorkspace();
  documentId = await test.addText(workspace.id, 'The sky is blue. Grass is green.', 'nature');
});
afterEach(() => test.close());

describe('every read of documents', () => {
  it('requires documents:read', async () => {
    const key = test.keyActor(['chat']);
    for (const read of [
      () => getDocument(test.core, key, documentId),
      () => getDocumentContent(test.core, key, documentId),
      () => readDocumentText(test.core, key, { documentId, start: 0 }),
      () => listChunks(test.core, key, documentId, { limit: 10 }),
      () => listDocuments(test.core, key, { workspace: 'demo', limit: 10 }),
      () => summarizeDocuments(test.core, key, 'demo'),
    ]) {
      await expect(read()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
  });

  it('hides documents of workspaces that the caller is not in', async () => {
    const stranger = await test.addUser('stranger');
    for (const read of [
      () => getDocument(test.core, stranger, documentId),
      () => getDocumentContent(test.core, stranger, documentId),
      () => readDocumentText(test.core, stranger, { documentId, start: 0 }),
      () => listChunks(test.core, stranger, documentId, { limit: 10 }),
      () => listDocuments(test.core, stranger, { workspace: workspace.id, limit: 10 }),
      () => summarizeDocuments(test.core, stranger, workspace.id),
    ]) {
      await expect(read()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });
});

it('lists documents by status, page by page', async () => {
  const second = await test.addText(workspace.id, 'Water is wet.', 'water');
  const viewer = await test.addMember(workspace.id, 'viewer');
  const page = await listDocuments(test.core, viewer, { workspace: 'demo', status: 'ready', limit: 1 });
  expect(page.items).toMatchObject([{ id: documentId, status: 'ready' }]);
  const next = { workspace: 'demo', limit: 1, cursor: page.nextCursor ?? '' };
  expect(await listDocuments(test.core, viewer, next)).toMatchObject({ items: [{ id: second }], nextCursor: null });
  const byExternalId = await listDocuments(test.core, viewer, { workspace: 'demo', externalId: 'water', limit: 10 });
  expect(byExternalId.items.map(({ id }) => id)).toEqual([second]);
});

it('returns one document, its text, its chunks and the counts of its workspace', async () => {
  expect(await getDocument(test.core, test.admin, documentId)).toMatchObject({ externalId: 'nature', chunks: 1 });
  expect(await readDocumentText(test.core, test.admin, { documentId, start: 4, end: 7 })).toEqual({
    documentId,
    start: 4,
    end: 7,
    length: 32,
    text: 'sky',
  });
  const { items } = await listChunks(test.core, test.admin, documentId, { limit: 10 });
  expect(items).toMatchObject([{ start: 0, end: 32, text: 'The sky is blue. Grass is green.' }]);
  expect(await summarizeDocuments(test.core, test.admin, 'demo')).toMatchObject({ ready: 1, failed: 0 });
});

it('has no text before a document is parsed', async () => {
  const staged = await test.stageFile('a.txt', 'Later.');
  const { documents } = await uploadDocuments(test.core, test.admin, { workspace: 'demo', files: [{ staged }] });
  const input = { documentId: documents[0]?.id ?? '', start: 0 };
  await expect(readDocumentText(test.core, test.admin, input)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

describe('the content of a document', () => {
  it('is described, and its download recorded once', async () => {
    const staged = await test.stageFile('a.txt', 'Bytes.');
    const upload = { ...staged, contentType: 'text/html; charset=utf-8' };
    const { documents } = await uploadDocuments(test.core, test.admin, {
      workspace: 'demo',
      files: [{ staged: upload }],
    });
    const id = documents[0]?.id ?? '';
    const expected = { documentId: id, filename: 'a.txt', contentType: 'text/html', size: 6, sha256: staged.sha256 };
    expect(await getDocumentContent(test.core, test.admin, id)).toEqual(expected);
    await getDocumentContent(test.core, test.admin, id);
    const { items } = await test.stores.audit.list({ limit: 10 });
    expect(items.map(({ action, target }) => [action, target])).toEqual([['document.downloaded', `document:${id}`]]);
  });

  it('of a text has no stored file, and an invalid media type becomes a neutral one', async () => {
    expect(await getDocumentContent(test.core, test.admin, documentId)).toMatchObject({ sha256: null, size: 32 });
    const staged = { ...(await test.stageFile('b', 'x')), contentType: '<script>' };
    const { documents } = await uploadDocuments(test.core, test.admin, { workspace: 'demo', files: [{ staged }] });
    const content = await getDocumentContent(test.core, test.admin, documents[0]?.id ?? '');
    expect(content.contentType).toBe('application/octet-stream');
  });
});
