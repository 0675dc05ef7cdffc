import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Workspace } from '@lorebox/contract/workspace';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addUrl } from './add-url.ts';
import { getDocument } from './get-document.ts';
import { importTexts } from './import-texts.ts';
import { requireMayUpload } from './require-may-upload.ts';
import { uploadDocuments } from './upload-documents.ts';

let test: TestCore;
let workspace: Workspace;

beforeEach(async () => {
  test = await createTestCore({ limits: { documentsPerWorkspace: 3 } });
  workspace = await test.addWorkspace();
});
afterEach(() => test.close());

describe('adding documents', () => {
  it('requires documents:write and the role of an editor', async () => {
    const viewer = await test.addMember(workspace.id, 'viewer');
    const stranger = await test.addUser('stranger');
    const staged = await test.stageFile('a.txt', 'a');
    for (const [actor, code] of [
      [test.keyActor(['documents:read']), 'FORBIDDEN'],
      [viewer, 'FORBIDDEN'],
      [stranger, 'NOT_FOUND'],
    ] as const) {
      await expect(requireMayUpload(test.core, actor, 'demo')).rejects.toMatchObject({ code });
      const files = [{ staged }];
      await expect(uploadDocuments(test.core, actor, { workspace: 'demo', files })).rejects.toMatchObject({ code });
      const items = [{ text: 'a' }];
      await expect(importTexts(test.core, actor, { workspace: 'demo', items })).rejects.toMatchObject({ code });
      const url = 'https://example.com';
      await expect(addUrl(test.core, actor, { workspace: 'demo', url })).rejects.toMatchObject({ code });
    }
    await requireMayUpload(test.core, await test.addMember(workspace.id, 'editor'), 'demo');
  });

  it('stops at the limit of the workspace', async () => {
    const items = ['a', 'b', 'c'].map((text) => ({ text }));
    await importTexts(test.core, test.admin, { workspace: 'demo', items });
    const one = importTexts(test.core, test.admin, { workspace: 'demo', items: [{ text: 'd' }] });
    await expect(one).rejects.toMatchObject({ code: 'UNPROCESSABLE' });
  });

  it('wakes the ingest', async () => {
    await importTexts(test.core, test.admin, { workspace: 'demo', items: [{ text: 'a' }] });
    expect(test.ingestSignals.wakes).toBe(1);
  });
});

describe('uploadDocuments', () => {
  it('adopts the staged files and keeps names, titles and metadata', async () => {
    const staged = { ...(await test.stageFile('a', 'A text.')), filename: '../../etc/pass\u0000wd' };
    const files = [{ staged, externalId: 'x', title: 'Title', metadata: { year: 2026 } }];
    const { documents } = await uploadDocuments(test.core, test.admin, { workspace: workspace.id, files });
    expect(readdirSync(dirname(staged.path))).toEqual([]);
    await test.runIngest();
    expect(await getDocument(test.core, test.admin, documents[0]?.id ?? '')).toMatchObject({
      filename: 'passwd',
      title: 'Title',
      externalId: 'x',
      metadata: { year: 2026 },
      source: 'upload',
      status: 'ready',
    });
  });

  it('rejects an upload without files', async () => {
    const upload = uploadDocuments(test.core, test.admin, { workspace: 'demo', files: [] });
    await expect(upload).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

describe('importTexts', () => {
  it('replaces the document with the same external id', async () => {
    const send = (text: string) =>
      importTexts(test.core, test.admin, { workspace: 'demo', items: [{ externalId: 'a', text }] });
    const first = await send('One.');
    await test.runIngest();
    const second = await send('Two.');
    expect(second.documents[0]?.id).toBe(first.documents[0]?.id);
    expect(await send('Two.')).toMatchObject({ documents: [{ unchanged: true }] });
  });

  it('names a text after its title, its external id or its first words', async () => {
    const items = [
      { title: 'Title', externalId: 'id 1', text: 'a' },
      { externalId: 'id 2', text: 'b' },
      { text: '  one two three four five six seven eight nine ten ' },
    ];
    const { documents } = await importTexts(test.core, test.admin, { workspace: 'demo', items });
    const names = documents.map(({ filename }) => filename);
    expect(names).toEqual(['Title', 'id 2', 'one two three four five six seven eight']);
  });
});

describe('addUrl', () => {
  it('stores the page with its address', async () => {
    test.urls.pages.set('https://example.com/page.txt', 'A page.');
    const input = { workspace: 'demo', url: 'https://example.com/page.txt', title: 'Page' };
    const { documents } = await addUrl(test.core, test.admin, input);
    await test.runIngest();
    expect(await getDocument(test.core, test.admin, documents[0]?.id ?? '')).toMatchObject({
      sourceUrl: 'https://example.com/page.txt',
      source: 'url',
      filename: 'page.txt',
      title: 'Page',
      status: 'ready',
    });
  });

  it('passes on why the page could not be fetched', async () => {
    const missing = addUrl(test.core, test.admin, { workspace: 'demo', url: 'https://example.com/missing' });
    await expect(missing).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});
