import type { Workspace } from '@lorebox/contract/workspace';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { deleteWorkspace } from '../workspaces/delete-workspace.ts';
import { deleteDocument } from './delete-document.ts';
import { createFileLink, type FileLink, openFileLink } from './file-link.ts';

let test: TestCore;
let workspace: Workspace;
let documentId: string;

beforeEach(async () => {
  test = await createTestCore();
  workspace = await test.addWorkspace();
  documentId = await test.addText(workspace.id, 'The lighthouse is white.', 'a/b ü?.txt');
});
afterEach(() => test.close());

async function link(inline = true): Promise<FileLink> {
  const { url } = await createFileLink(test.core, test.admin, { documentId, inline });
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const [, , id = '', filename = ''] = pathname.split('/').map(decodeURIComponent);
  return {
    documentId: id,
    filename,
    ...(Object.fromEntries(searchParams) as Omit<FileLink, 'documentId' | 'filename'>),
  };
}

it('opens the file for ten minutes', async () => {
  const { expiresAt, url } = await createFileLink(test.core, test.admin, { documentId, inline: false });
  expect(expiresAt.getTime() - test.clock.now()).toBe(600_000);
  expect(url).toContain(`/files/${documentId}/a_b%20%C3%BC_.txt?`);
  const made = await link();
  expect(await openFileLink(test.core, made)).toMatchObject({ content: { documentId }, isInline: true });
  expect(await openFileLink(test.core, await link(false))).toMatchObject({ isInline: false });
  expect(await test.lastAudit()).toMatchObject({ action: 'document.downloaded', target: `document:${documentId}` });
  await test.clock.advance(600_000);
  await expect(openFileLink(test.core, made)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('rejects every changed part', async () => {
  const made = await link(false);
  const other = await test.addText(workspace.id, 'Secret.');
  const changes = [
    { documentId: other },
    { filename: 'invoice.exe' },
    { expires: String(Number(made.expires) + 1) },
    { inline: '1' },
    { signature: '' },
    { signature: `${made.signature}a` },
  ];
  for (const change of changes)
    await expect(openFileLink(test.core, { ...made, ...change })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('is created only by those who can read the document, and ends with it', async () => {
  const stranger = await test.addUser('stranger');
  const input = { documentId, inline: true };
  await expect(createFileLink(test.core, stranger, input)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(createFileLink(test.core, test.keyActor(['chat']), input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const made = await link();
  await deleteDocument(test.core, test.admin, documentId);
  await expect(openFileLink(test.core, made)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  documentId = await test.addText(workspace.id, 'The lighthouse is red.');
  const second = await link();
  await deleteWorkspace(test.core, test.admin, workspace.id);
  await expect(openFileLink(test.core, second)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
