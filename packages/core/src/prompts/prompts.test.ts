import type { Actor } from '@lorebox/contract/actor';
import type { Workspace } from '@lorebox/contract/workspace';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createPrompt } from './create-prompt.ts';
import { deletePrompt } from './delete-prompt.ts';
import { listPrompts } from './list-prompts.ts';
import { updatePrompt } from './update-prompt.ts';

let test: TestCore;
let workspace: Workspace;

beforeEach(async () => {
  test = await createTestCore();
  workspace = await test.addWorkspace();
});
afterEach(() => test.close());

const titles = async (actor: Actor, ref?: string) =>
  (await listPrompts(test.core, actor, { workspace: ref, limit: 10 })).items.map(({ title }) => title);

it('personal prompts belong to their user alone', async () => {
  const [vera, edgar] = [await test.addUser('vera'), await test.addUser('edgar')];
  const { id: promptId, ...prompt } = await createPrompt(test.core, vera, { title: 'Weather', text: 'In {{city}}?' });
  expect(prompt).toMatchObject({ text: 'In {{city}}?', workspaceId: null, createdBy: vera.userId });
  expect(prompt).not.toHaveProperty('ownerId');
  expect([await titles(vera), await titles(edgar), await titles(test.admin)]).toEqual([['Weather'], [], []]);
  for (const actor of [edgar, test.admin, test.keyActor(['*'], { ownerId: vera.userId })]) {
    const update = updatePrompt(test.core, actor, { promptId, title: 'x' });
    await expect(update).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(deletePrompt(test.core, actor, promptId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  }
  await test.clock.advance(1000);
  const updated = await updatePrompt(test.core, vera, { promptId, title: 'Rain' });
  expect(updated).toMatchObject({ title: 'Rain', text: 'In {{city}}?', updatedAt: test.clock.date });
  await deletePrompt(test.core, vera, promptId);
  expect(await titles(vera)).toEqual([]);
});

it('prompts of a workspace are used by its members and changed by editors', async () => {
  const viewer = await test.addMember(workspace.id, 'viewer');
  const editor = await test.addMember(workspace.id, 'editor');
  const stranger = await test.addUser('stranger');
  const input = { title: 'Tides', text: 'When is high water?', workspace: 'demo' };
  await expect(createPrompt(test.core, viewer, input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(createPrompt(test.core, stranger, input)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const { id: promptId } = await createPrompt(test.core, editor, input);
  await createPrompt(test.core, viewer, { title: 'Mine', text: 'x' });
  expect([await titles(viewer, 'demo'), await titles(viewer)]).toEqual([['Mine', 'Tides'], ['Mine']]);
  await expect(titles(stranger, 'demo')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(updatePrompt(test.core, viewer, { promptId, title: 'x' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(deletePrompt(test.core, stranger, promptId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const chatKey = test.keyActor(['chat']);
  await expect(deletePrompt(test.core, chatKey, promptId)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(await titles(chatKey, 'demo')).toEqual(['Tides']);
  await deletePrompt(test.core, test.admin, promptId);
  expect(await titles(viewer, 'demo')).toEqual(['Mine']);
});

it('keys have no personal prompts, and need the scope chat', async () => {
  const input = { title: 'x', text: 'x' };
  const key = createPrompt(test.core, test.keyActor(['chat']), input);
  await expect(key).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await expect(titles(test.keyActor(['documents:read']))).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
