import type { Workspace } from '@lorebox/contract/workspace';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ask } from '../chat/ask.ts';
import { getAnswer } from '../chat/get-answer.ts';
import { getDetails } from '../chat/get-details.ts';
import { watch } from '../chat/watch.ts';
import { branchThread } from './branch-thread.ts';
import { deleteThread } from './delete-thread.ts';
import { listMessages } from './list-messages.ts';
import { listThreads } from './list-threads.ts';
import { rateMessage } from './rate-message.ts';
import { updateThread } from './update-thread.ts';

let test: TestCore;
let workspace: Workspace;

beforeEach(async () => {
  test = await createTestCore();
  workspace = await test.addWorkspace();
  await test.addText(workspace.id, 'The lighthouse is forty metres high.');
});
afterEach(() => test.close());

async function answer(question: string, threadId?: string) {
  const started = await ask(test.core, test.admin, { workspace: 'demo', question, threadId });
  for await (const event of watch(test.core, test.admin, started)) expect(event.answerId).toBe(started.answerId);
  const { messageId } = await getAnswer(test.core, test.admin, started.answerId);
  return { ...started, messageId };
}
const messagesOf = async (threadId: string, actor = test.admin) =>
  (await listMessages(test.core, actor, threadId, { limit: 50 })).items;

it('copies the messages up to this one, with details that outlive the original', async () => {
  test.model.reply = 'It is forty metres high [1].';
  const first = await answer('How high is the lighthouse?');
  await rateMessage(test.core, test.admin, first.messageId, 'up', true);
  await answer('And how wide?', first.threadId);
  const details = await getDetails(test.core, test.admin, first.messageId);
  const branch = await branchThread(test.core, test.admin, first.messageId);
  expect(branch).toMatchObject({ title: 'How high is the lighthouse?', visibility: 'private', mine: true });
  await deleteThread(test.core, test.admin, first.threadId);
  const [question, reply, ...rest] = await messagesOf(branch.id);
  expect(rest).toEqual([]);
  expect(question).toMatchObject({ role: 'user', text: 'How high is the lighthouse?', threadId: branch.id });
  expect(reply).toMatchObject({ text: 'It is forty metres high [1].', feedback: null, feedbackShared: false });
  expect(reply?.citations).toHaveLength(1);
  expect(await getDetails(test.core, test.admin, reply?.id ?? '')).toEqual(details);
  const answerId = reply?.answerId ?? '';
  const events = [];
  for await (const event of watch(test.core, test.admin, { answerId })) events.push(event);
  expect(events.map(({ type, seq }) => [type, seq])).toEqual([
    ['answer-start', 1],
    ['sources-found', 2],
    ['text-delta', 3],
    ['answer-end', 4],
  ]);
  expect(events[0]).toMatchObject({ answerId, threadId: branch.id, questionId: question?.id });
  expect(events[3]).toMatchObject({ answerId, messageId: reply?.id });
  const found = { workspace: 'demo', archived: false, shared: false, query: 'forty', limit: 10 };
  expect((await listThreads(test.core, test.admin, found)).items.map(({ id }) => id)).toEqual([branch.id]);
  await answer('And in feet?', branch.id);
  expect((await messagesOf(branch.id)).map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant']);
});

it('makes a shared thread continuable by its readers, and hides private ones', async () => {
  const { threadId, messageId } = await answer('How high is the lighthouse?');
  const member = await test.addMember(workspace.id, 'viewer');
  await expect(branchThread(test.core, member, messageId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await updateThread(test.core, test.admin, { threadId, visibility: 'workspace' });
  const branch = await branchThread(test.core, member, messageId);
  expect(await messagesOf(branch.id, member)).toHaveLength(2);
  await expect(messagesOf(branch.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('waits for an answer in progress', async () => {
  test.model.reply = async function* () {
    yield 'It is';
    await new Promise(() => {});
  };
  const { answerId } = await ask(test.core, test.admin, { workspace: 'demo', question: 'How high?' });
  const { messageId } = await getAnswer(test.core, test.admin, answerId);
  await expect(branchThread(test.core, test.admin, messageId)).rejects.toMatchObject({ code: 'CONFLICT' });
});

it('is refused before anything is copied if there are too many messages', async () => {
  const { threadId, messageId } = await answer('How high is the lighthouse?');
  const insert = test.connection.raw.prepare(
    `insert into messages (id, thread_id, workspace_id, role, text, status, citations, created_at)
     values (?, ?, ?, 'user', '', 'failed', '[]', 0)`,
  );
  test.connection.raw.transaction(() => {
    for (let n = 0; n < 2000; n += 1) insert.run(`msg_00${n}`, threadId, workspace.id);
  })();
  await expect(branchThread(test.core, test.admin, messageId)).rejects.toMatchObject({ code: 'UNPROCESSABLE' });
  const all = { workspace: 'demo', archived: false, shared: false, limit: 10 };
  expect((await listThreads(test.core, test.admin, all)).items).toHaveLength(1);
});
