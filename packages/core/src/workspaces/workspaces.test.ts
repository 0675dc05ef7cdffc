import type { Workspace } from '@lorebox/contract/workspace';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { getEmbedding } from '../embeddings/get-embedding.ts';
import { createWorkspace } from './create-workspace.ts';
import { deleteWorkspace } from './delete-workspace.ts';
import { getMember } from './get-member.ts';
import { getWorkspace } from './get-workspace.ts';
import { listMembers } from './list-members.ts';
import { listWorkspaces } from './list-workspaces.ts';
import { removeMember } from './remove-member.ts';
import { setMember } from './set-member.ts';
import { updateWorkspace } from './update-workspace.ts';

const CENTURY_MS = 100 * 365 * 86_400_000;
let test: TestCore;
let workspace: Workspace;

beforeEach(async () => {
  test = await createTestCore({ settings: { allowedModels: ['test:*'] } });
  workspace = await test.addWorkspace();
});
afterEach(() => test.close());

describe('createWorkspace', () => {
  it('derives a unique slug, and makes the caller an owner', async () => {
    const manager = await test.addUser('manager', 'manager');
    const first = await createWorkspace(test.core, manager, { name: 'Q3 Rückblick' });
    const second = await createWorkspace(test.core, manager, { name: 'Q3 Rückblick', topK: 3 });
    expect([first.slug, first.topK, second.topK]).toEqual(['q3-ruckblick', 8, 3]);
    expect(second.slug).not.toBe(first.slug);
    const { items } = await listMembers(test.core, manager, first.id, { limit: 10 });
    expect(items).toMatchObject([{ userId: manager.userId, role: 'owner' }]);
    expect(await test.lastAudit()).toMatchObject({ action: 'workspace.created', target: `workspace:${second.id}` });
  });

  it('rejects members, bound keys, and models that are not allowed', async () => {
    const member = await test.addUser('member');
    const bound = test.keyActor(['*'], { workspaceId: workspace.id });
    for (const actor of [member, bound]) {
      const creation = createWorkspace(test.core, actor, { name: 'x' });
      await expect(creation).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    const foreign = createWorkspace(test.core, test.admin, { name: 'x', model: 'remote:large' });
    await expect(foreign).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const unknown = createWorkspace(test.core, test.admin, { name: 'x', embedder: 'nobody' });
    await expect(unknown).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

describe('getWorkspace and listWorkspaces', () => {
  it('show members their workspaces, by id or slug', async () => {
    await test.addWorkspace('other');
    const viewer = await test.addMember(workspace.id, 'viewer');
    expect(await getWorkspace(test.core, viewer, 'demo')).toMatchObject({ id: workspace.id });
    expect((await listWorkspaces(test.core, viewer, { limit: 10 })).items.map(({ slug }) => slug)).toEqual(['demo']);
    expect((await listWorkspaces(test.core, test.admin, { limit: 10 })).items).toHaveLength(2);
    await expect(getWorkspace(test.core, viewer, 'other')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('require workspaces:read', async () => {
    const key = test.keyActor(['chat']);
    await expect(getWorkspace(test.core, key, 'demo')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(listWorkspaces(test.core, key, { limit: 10 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('updateWorkspace', () => {
  it('changes only the given settings, and records which settings changed', async () => {
    const owner = await test.addMember(workspace.id, 'owner');
    const change = { workspace: 'demo', instructions: 'Be brief.', model: 'test:small' };
    expect(await updateWorkspace(test.core, owner, change)).toMatchObject({
      instructions: 'Be brief.',
      model: 'test:small',
      topK: 8,
    });
    const details = { name: 'demo', changed: 'instructions model', model: 'test:small' };
    expect(await test.lastAudit()).toMatchObject({ action: 'workspace.updated', details });
  });

  it('requires the owner of the workspace, or workspaces:write', async () => {
    const change = { workspace: 'demo', name: 'x' };
    const editor = await test.addMember(workspace.id, 'editor');
    const stranger = await test.addUser('stranger');
    const key = test.keyActor(['workspaces:read']);
    await expect(updateWorkspace(test.core, editor, change)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(updateWorkspace(test.core, stranger, change)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(updateWorkspace(test.core, key, change)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('keeps a local-only workspace on this machine, and lets only admins change that', async () => {
    const owner = await test.addMember(workspace.id, 'owner');
    await updateWorkspace(test.core, owner, { workspace: 'demo', localOnly: true });
    const lift = { workspace: 'demo', localOnly: false };
    await expect(updateWorkspace(test.core, owner, lift)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const remote = { workspace: 'demo', embedder: 'openai:remote' };
    await expect(updateWorkspace(test.core, owner, remote)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const reranker = { workspace: 'demo', reranker: 'test:remote' };
    await expect(updateWorkspace(test.core, owner, reranker)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await updateWorkspace(test.core, test.admin, lift)).toMatchObject({ localOnly: false });
  });

  it('downloads a reranker for admins only', async () => {
    const owner = await test.addMember(workspace.id, 'owner');
    await updateWorkspace(test.core, owner, { workspace: 'demo', reranker: 'test:small' });
    expect(test.rerankers.downloaded).toEqual([]);
    await updateWorkspace(test.core, test.admin, { workspace: 'demo', reranker: 'test:small' });
    expect(test.rerankers.downloaded).toEqual(['test:small']);
  });

  it('re-embeds the documents with a new embedder, and searches with the old one meanwhile', async () => {
    await test.addText(workspace.id, 'The sky is blue.');
    await updateWorkspace(test.core, test.admin, { workspace: 'demo', embedder: 'ollama:other' });
    expect(await getEmbedding(test.core, test.admin, 'demo')).toMatchObject({
      modelId: 'test-embedder',
      chunks: 1,
      next: { modelId: 'other', done: 0, secondsLeft: null },
    });
    await test.runIngest();
    expect(await getEmbedding(test.core, test.admin, 'demo')).toMatchObject({ modelId: 'other', next: null });
  });
});

it('getEmbedding requires workspaces:read, and hides other workspaces', async () => {
  expect(await getEmbedding(test.core, test.admin, 'demo')).toEqual({
    modelId: null,
    dimension: null,
    chunks: 0,
    isAutomatic: true,
    otherLanguages: null,
    next: null,
  });
  const key = test.keyActor(['chat']);
  await expect(getEmbedding(test.core, key, 'demo')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const stranger = await test.addUser('stranger');
  await expect(getEmbedding(test.core, stranger, 'demo')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

describe('deleteWorkspace', () => {
  it('hides the workspace immediately, and removes its contents in the background', async () => {
    const documentId = await test.addText(workspace.id, 'The sky is blue.');
    await deleteWorkspace(test.core, test.admin, 'demo');
    await expect(getWorkspace(test.core, test.admin, 'demo')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await test.lastAudit()).toMatchObject({ action: 'workspace.deleted', details: { name: 'demo' } });
    // The database queues this job by the real clock.
    test.clock.advance(CENTURY_MS);
    await test.runIngest();
    expect(await test.stores.documents.get(documentId)).toBeNull();
  });

  it('requires the owner', async () => {
    const editor = await test.addMember(workspace.id, 'editor');
    await expect(deleteWorkspace(test.core, editor, 'demo')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('members', () => {
  it('are set, changed, listed and removed by an owner', async () => {
    const owner = await test.addMember(workspace.id, 'owner');
    const { userId } = await test.addUser('ada');
    await setMember(test.core, owner, { workspace: 'demo', userId, role: 'viewer' });
    const member = await setMember(test.core, owner, { workspace: 'demo', userId, role: 'editor' });
    expect(member).toMatchObject({ userId, username: 'ada', role: 'editor' });
    expect(await getMember(test.core, owner, 'demo', userId)).toEqual(member);
    expect(await test.lastAudit()).toMatchObject({
      action: 'member.set',
      target: `user:${userId}`,
      details: { role: 'editor' },
    });
    const { items } = await listMembers(test.core, owner, 'demo', { limit: 10 });
    expect(items.find((member) => member.userId === userId)).toMatchObject({ username: 'ada', role: 'editor' });
    await removeMember(test.core, owner, 'demo', userId);
    expect(await test.lastAudit()).toMatchObject({ action: 'member.removed', target: `user:${userId}` });
    await expect(getMember(test.core, owner, 'demo', userId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(
      listMembers(test.core, test.actorFor({ id: userId, role: 'member' }), 'demo', { limit: 10 }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('cannot be changed by editors, strangers, or keys with fewer rights than the role', async () => {
    const { userId } = await test.addUser('ada');
    const input = { workspace: 'demo', userId, role: 'owner' as const };
    const editor = await test.addMember(workspace.id, 'editor');
    const stranger = await test.addUser('stranger');
    const key = test.keyActor(['workspaces:read', 'workspaces:write']);
    const member = getMember(test.core, stranger, 'demo', userId);
    await expect(member).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(setMember(test.core, editor, input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(setMember(test.core, stranger, input)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(setMember(test.core, key, input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await setMember(test.core, test.admin, input);
    await expect(removeMember(test.core, key, 'demo', userId)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(listMembers(test.core, test.keyActor(['chat']), 'demo', { limit: 10 })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('have to exist', async () => {
    const input = { workspace: 'demo', userId: 'usr_unknown', role: 'viewer' as const };
    await expect(setMember(test.core, test.admin, input)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
