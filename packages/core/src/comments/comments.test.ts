import type { Actor } from '@lorebox/contract/actor';
import type { Workspace } from '@lorebox/contract/workspace';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ask } from '../chat/ask.ts';
import { watch } from '../chat/watch.ts';
import { deleteMessage } from '../threads/delete-message.ts';
import { updateThread } from '../threads/update-thread.ts';
import { createComment } from './create-comment.ts';
import { deleteComment } from './delete-comment.ts';
import { namesMentioned } from './find-mentions.ts';
import { listComments, listMentions } from './list-comments.ts';
import { resolveComment, updateComment } from './update-comment.ts';

type User = Extract<Actor, { kind: 'user' }>;
let test: TestCore;
let workspace: Workspace;
let olga: User;
let vera: User;
let messageId: string;
let threadId: string;

beforeEach(async () => {
  test = await createTestCore();
  workspace = await test.addWorkspace();
  olga = await test.addMember(workspace.id, 'owner', 'olga');
  vera = await test.addMember(workspace.id, 'viewer', 'vera');
  await test.addUser('stranger');
  const started = await ask(test.core, olga, { workspace: 'demo', question: 'Why?' });
  for await (const event of watch(test.core, olga, started)) expect(event.answerId).toBe(started.answerId);
  ({ threadId, questionId: messageId } = started);
});
afterEach(() => test.close());

const share = (visibility: 'workspace' | 'private') => updateThread(test.core, olga, { threadId, visibility });
const list = async (actor: Actor) => (await listComments(test.core, actor, { threadId, limit: 10 })).items;
const mentions = async (actor: Actor) => (await listMentions(test.core, actor, { limit: 10 })).items;

it('readers comment, mention each other and resolve', async () => {
  await share('workspace');
  const comment = await createComment(test.core, vera, { messageId, text: 'Is that so, @Olga. @stranger @nobody?' });
  expect(comment).toMatchObject({
    messageId,
    threadId,
    author: { userId: vera.userId, username: 'vera' },
    mentions: ['olga'],
    resolved: false,
  });
  expect(comment).not.toHaveProperty('workspaceId');
  await createComment(test.core, olga, { messageId, text: 'Yes, @vera!' });
  expect((await list(vera)).map(({ text }) => text)).toEqual(['Is that so, @Olga. @stranger @nobody?', 'Yes, @vera!']);
  expect([(await mentions(olga)).map(({ id }) => id), (await mentions(vera)).length]).toEqual([[comment.id], 1]);
  await test.clock.advance(1000);
  const resolved = await resolveComment(test.core, olga, { commentId: comment.id, resolved: true });
  expect(resolved).toMatchObject({ resolved: true, updatedAt: test.clock.date });
  expect(await mentions(olga)).toEqual([]);
  await resolveComment(test.core, vera, { commentId: comment.id, resolved: false });
  const updated = await updateComment(test.core, vera, { commentId: comment.id, text: 'Never mind.' });
  expect(updated).toMatchObject({ text: 'Never mind.', mentions: [] });
  expect(await mentions(olga)).toEqual([]);
});

it('only the author changes a comment; the owner of the thread can delete it too', async () => {
  await share('workspace');
  const editor = await test.addMember(workspace.id, 'editor');
  const { id: commentId } = await createComment(test.core, vera, { messageId, text: 'Hm.' });
  for (const actor of [olga, editor]) {
    const update = updateComment(test.core, actor, { commentId, text: 'x' });
    await expect(update).rejects.toMatchObject({ code: 'FORBIDDEN' });
  }
  await expect(deleteComment(test.core, editor, commentId)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await deleteComment(test.core, olga, commentId);
  expect(await list(vera)).toEqual([]);
});

it('are hidden with their thread, and removed with their message', async () => {
  await share('workspace');
  const { id: commentId } = await createComment(test.core, olga, { messageId, text: 'See, @vera' });
  expect(await mentions(vera)).toHaveLength(1);
  await test.stores.workspaces.removeMember(workspace.id, vera.userId);
  expect(await mentions(vera)).toEqual([]);
  await test.stores.workspaces.setMember(workspace.id, vera.userId, 'viewer', test.clock.date);
  await share('private');
  expect(await mentions(vera)).toEqual([]);
  const calls = [
    () => list(vera),
    () => createComment(test.core, vera, { messageId, text: 'x' }),
    () => updateComment(test.core, vera, { commentId, text: 'x' }),
    () => resolveComment(test.core, vera, { commentId, resolved: true }),
    () => deleteComment(test.core, vera, commentId),
  ];
  for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const late = await createComment(test.core, olga, { messageId, text: '@vera can not read this.' });
  expect(late.mentions).toEqual([]);
  await deleteMessage(test.core, olga, messageId);
  expect(await list(olga)).toEqual([]);
  expect(test.connection.raw.prepare('select count(*) from comment_mentions').pluck().get()).toBe(0);
});

it('finds names after @, not in mail addresses, with and without the marks at their end', () => {
  expect(namesMentioned('Mail a@example.com, or ask @anna.smith. (@Bo)')).toEqual([
    ['anna.smith.', 'anna.smith'],
    ['Bo'],
  ]);
  expect(namesMentioned('@a'.repeat(50_000)).length).toBeLessThan(21);
  expect(namesMentioned(Array.from({ length: 100 }, (_, n) => `@user${n}`).join(' '))).toHaveLength(20);
});
