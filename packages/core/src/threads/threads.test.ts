import type { Actor } from '@lorebox/contract/actor';
import type { ListThreadsInput } from '@lorebox/contract/chat';
import type { Workspace } from '@lorebox/contract/workspace';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask } from '../chat/ask.ts';
import { watch } from '../chat/watch.ts';
import { createThread } from './create-thread.ts';
import { deleteMessage } from './delete-message.ts';
import { deleteThread } from './delete-thread.ts';
import { getMessage } from './get-message.ts';
import { getThread } from './get-thread.ts';
import { listMessages } from './list-messages.ts';
import { listThreads } from './list-threads.ts';
import { rateMessage } from './rate-message.ts';
import { updateThread } from './update-thread.ts';

let test: TestCore;
let workspace: Workspace;

beforeEach(async () => {
  test = await createTestCore();
  workspace = await test.addWorkspace();
});
afterEach(() => test.close());

const list = (actor: Actor, filter: Partial<ListThreadsInput> = {}) =>
  listThreads(test.core, actor, { workspace: 'demo', archived: false, shared: false, limit: 10, ...filter });

async function askQuestion() {
  const { threadId, answerId } = await ask(test.core, test.admin, { workspace: 'demo', question: 'Why?' });
  for await (const event of watch(test.core, test.admin, { answerId })) if (event.type === 'answer-end') break;
  const { items } = await listMessages(test.core, test.admin, threadId, { limit: 10 });
  const [question, answer] = items;
  return { threadId, questionId: question?.id ?? '', answerMessageId: answer?.id ?? '' };
}

it('threads are private to their user, and to the key that created them', async () => {
  const viewer = await test.addMember(workspace.id, 'viewer');
  const own = await createThread(test.core, viewer, 'demo', 'mine');
  await createThread(test.core, test.admin, 'demo', "admin's");
  const key = test.keyActor(['chat'], { ownerId: viewer.userId, ownerRole: 'member', keyId: 'key_1' });
  const ofKey = await createThread(test.core, key, 'demo', "key's");
  const titles = async (actor: typeof viewer | typeof key) =>
    (await list(actor)).items.map(({ title }) => title).sort();
  expect(await titles(viewer)).toEqual(["key's", 'mine']);
  expect(await titles(key)).toEqual(["key's"]);
  expect(await titles(test.admin)).toEqual(["admin's"]);
  await expect(updateThread(test.core, key, { threadId: own.id, title: 'x' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  expect(await updateThread(test.core, viewer, { threadId: ofKey.id, title: 'renamed' })).toMatchObject({
    title: 'renamed',
  });
  expect(await titles(key)).toEqual(['renamed']);
});

it('every call requires chat, and hides the threads of others', async () => {
  const { threadId, questionId, answerMessageId } = await askQuestion();
  const other = await test.addUser('other', 'admin');
  const stranger = await test.addUser('stranger');
  const key = test.keyActor(['documents:read']);
  const calls = (actor: typeof other | typeof key) => [
    () => updateThread(test.core, actor, { threadId, title: 'x' }),
    () => deleteThread(test.core, actor, threadId),
    () => getThread(test.core, actor, threadId),
    () => getMessage(test.core, actor, questionId),
    () => listMessages(test.core, actor, threadId, { limit: 10 }),
    () => deleteMessage(test.core, actor, questionId),
    () => rateMessage(test.core, actor, answerMessageId, 'up', false),
  ];
  for (const call of calls(other)) await expect(call()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  for (const call of calls(key)) await expect(call()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(createThread(test.core, key, 'demo', 'x')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(createThread(test.core, stranger, 'demo', 'x')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(list(key)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(list(stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('getThread and getMessage return one of each, without its owner', async () => {
  const { threadId, questionId } = await askQuestion();
  const thread = await getThread(test.core, test.admin, threadId);
  expect(thread).toMatchObject({ id: threadId, title: 'Why?' });
  expect(thread).not.toHaveProperty('userId');
  const message = await getMessage(test.core, test.admin, questionId);
  expect(message).toMatchObject({ id: questionId, role: 'user', text: 'Why?' });
  await expect(getMessage(test.core, test.admin, 'msg_unknown')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('deleteThread removes the messages, cancels the answer in progress, and is recorded', async () => {
  test.model.reply = async function* () {
    yield 'The';
    await new Promise(() => {});
  };
  const { threadId, answerId } = await ask(test.core, test.admin, { workspace: 'demo', question: 'Why?' });
  const live = test.core.answerHub.get(answerId);
  await deleteThread(test.core, test.admin, threadId);
  expect(live?.controller.signal.aborted).toBe(true);
  expect(await test.lastAudit()).toMatchObject({ action: 'thread.deleted', target: `thread:${threadId}` });
  const messages = listMessages(test.core, test.admin, threadId, { limit: 10 });
  await expect(messages).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

describe('deleteMessage', () => {
  it('removes an answer alone, or a question with its answer', async () => {
    const { threadId, questionId, answerMessageId } = await askQuestion();
    await deleteMessage(test.core, test.admin, answerMessageId);
    expect((await listMessages(test.core, test.admin, threadId, { limit: 10 })).items).toMatchObject([
      { id: questionId },
    ]);
    await deleteMessage(test.core, test.admin, questionId);
    expect((await listMessages(test.core, test.admin, threadId, { limit: 10 })).items).toEqual([]);
    await expect(deleteMessage(test.core, test.admin, questionId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('rateMessage', () => {
  it('rates an answer, and removes the rating', async () => {
    const { threadId, answerMessageId } = await askQuestion();
    const rating = async () => (await listMessages(test.core, test.admin, threadId, { limit: 10 })).items[1];
    await rateMessage(test.core, test.admin, answerMessageId, 'up', true, 'Right page.');
    const rated = { feedback: 'up', feedbackShared: true, feedbackReason: 'Right page.' };
    expect(await rating()).toMatchObject(rated);
    await rateMessage(test.core, test.admin, answerMessageId, null, true);
    expect(await rating()).toMatchObject({ feedback: null, feedbackShared: false, feedbackReason: null });
  });

  it('rejects questions and unknown messages', async () => {
    const { questionId } = await askQuestion();
    const question = rateMessage(test.core, test.admin, questionId, 'up', false);
    await expect(question).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const unknown = rateMessage(test.core, test.admin, 'msg_unknown', 'up', false);
    await expect(unknown).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

it('lists the newest messages first, page by page', async () => {
  const { threadId, questionId, answerMessageId } = await askQuestion();
  const first = await listMessages(test.core, test.admin, threadId, { limit: 1, order: 'desc' });
  expect(first.items.map(({ id }) => id)).toEqual([answerMessageId]);
  const rest = await listMessages(test.core, test.admin, threadId, {
    limit: 1,
    order: 'desc',
    cursor: first.nextCursor ?? '',
  });
  expect(rest.items.map(({ id }) => id)).toEqual([questionId]);
  expect(rest.nextCursor).toBeNull();
});
