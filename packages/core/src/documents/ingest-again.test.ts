import type { Workspace } from '@lorebox/contract/workspace';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { search } from '../search/search.ts';
import { getDocument } from './get-document.ts';
import { moveDocument } from './move-document.ts';
import { readDocumentText } from './read-document-text.ts';
import { reingestDocument } from './reingest-document.ts';

let test: TestCore;
let demo: Workspace;
let other: Workspace;
let documentId: string;

beforeEach(async () => {
  test = await createTestCore();
  [demo, other] = [await test.addWorkspace('demo'), await test.addWorkspace('other')];
  documentId = await test.addText(demo.id, 'The lighthouse is forty metres high.', 'lights');
});
afterEach(() => test.close());

async function found(workspace: string): Promise<string[]> {
  const { hits } = await search(test.core, test.admin, { workspace, query: 'lighthouse', k: 10, mode: 'hybrid' });
  return hits.map((hit) => hit.documentId);
}
const count = (sql: string) => test.connection.raw.prepare(sql).pluck().get();

describe('reingestDocument', () => {
  it('keeps the document searchable until the new ingest is complete', async () => {
    expect(await reingestDocument(test.core, test.admin, documentId)).toMatchObject({ status: 'processing' });
    expect(await found('demo')).toEqual([documentId]);
    await expect(reingestDocument(test.core, test.admin, documentId)).rejects.toMatchObject({ code: 'CONFLICT' });
    await test.runIngest();
    await test.runIngest();
    expect(await getDocument(test.core, test.admin, documentId)).toMatchObject({ status: 'ready', chunks: 1 });
    expect([await found('demo'), count('select count(*) from chunks')]).toEqual([[documentId], 1]);
  });

  it('requires the role editor', async () => {
    const viewer = await test.addMember(demo.id, 'viewer');
    await expect(reingestDocument(test.core, viewer, documentId)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('moveDocument', () => {
  const move = (actor = test.admin, workspace = 'other') => moveDocument(test.core, actor, { documentId, workspace });

  it('moves id, text and metadata, and leaves nothing behind', async () => {
    await test.stores.documents.update(documentId, { metadata: { year: 2024 } }, test.clock.date);
    expect(await move()).toMatchObject({ id: documentId, workspaceId: other.id, status: 'processing' });
    expect(await test.lastAudit()).toMatchObject({
      action: 'document.moved',
      target: `document:${documentId}`,
      details: { from: demo.id },
    });
    expect([await found('demo'), await found('other')]).toEqual([[], []]);
    await test.runIngest();
    await test.runIngest();
    expect([await found('demo'), await found('other')]).toEqual([[], [documentId]]);
    const input = { documentId, start: 0 };
    expect((await readDocumentText(test.core, test.admin, input)).text).toBe('The lighthouse is forty metres high.');
    const list = { workspaceId: other.id, metadata: { year: 2024 }, limit: 10 };
    expect((await test.stores.documents.list(list)).items).toHaveLength(1);
    expect(count(`select count(*) from chunks where workspace_id = '${demo.id}'`)).toBe(0);
    expect(count(`select count(*) from "fts_${demo.id}"`)).toBe(0);
  });

  it('requires the role editor in both workspaces', async () => {
    const member = await test.addMember(demo.id, 'editor');
    await expect(move(member)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await test.stores.workspaces.setMember(other.id, member.userId, 'viewer', test.clock.date);
    await expect(move(member)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await test.stores.workspaces.setMember(other.id, member.userId, 'editor', test.clock.date);
    await test.stores.workspaces.setMember(demo.id, member.userId, 'viewer', test.clock.date);
    await expect(move(member)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await test.stores.workspaces.setMember(demo.id, member.userId, 'editor', test.clock.date);
    expect(await move(member)).toMatchObject({ workspaceId: other.id });
  });

  it('refuses what would lose something', async () => {
    await expect(move(test.admin, 'demo')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await test.addText(other.id, 'Another text.', 'lights');
    await expect(move()).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await found('demo')).toEqual([documentId]);
  });
});
