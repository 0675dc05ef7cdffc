import type { Workspace } from '@lorebox/contract/workspace';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deleteMessage } from '../threads/delete-message.ts';
import { listMessages } from '../threads/list-messages.ts';
import { ask } from './ask.ts';
import { editAndResend } from './edit-and-resend.ts';
import { regenerate } from './regenerate.ts';
import { watch } from './watch.ts';

let test: TestCore;
let workspace: Workspace;
let threadId: string;

beforeEach(async () => {
  test = await createTestCore();
  workspace = await test.addWorkspace();
  await test.addText(workspace.id, 'The sky is blue.');
  test.model.reply = 'First answer.';
  ({ threadId } = await finish(await ask(test.core, test.admin, { workspace: 'demo', question: 'What is blue?' })));
});
afterEach(() => test.close());

async function finish<T extends { answerId: string }>(started: T): Promise<T> {
  for await (const event of watch(test.core, test.admin, { answerId: started.answerId }))
    expect(event.seq).toBeGreaterThan(0);
  return started;
}

const messages = async () => (await listMessages(test.core, test.admin, threadId, { limit: 10 })).items;
const texts = async () => (await messages()).map(({ text }) => text);
const idOf = async (role: 'user' | 'assistant') =>
  (await messages()).find((message) => message.role === role)?.id ?? '';

describe('regenerate', () => {
  it('replaces the answer', async () => {
    test.model.reply = 'Second answer.';
    await finish(await regenerate(test.core, test.admin, { messageId: await idOf('assistant') }));
    expect(await texts()).toEqual(['What is blue?', 'Second answer.']);
  });

  it('rejects a question, an unknown message, and an answer whose question is gone', async () => {
    const question = regenerate(test.core, test.admin, { messageId: await idOf('user') });
    await expect(question).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const unknown = regenerate(test.core, test.admin, { messageId: 'msg_unknown' });
    await expect(unknown).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const documents = { messageId: await idOf('assistant'), documentIds: ['doc_unknown'] };
    await expect(regenerate(test.core, test.admin, documents)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('editAndResend', () => {
  it('replaces the question and everything after it', async () => {
    test.model.reply = 'Later answer.';
    await finish(await ask(test.core, test.admin, { workspace: 'demo', question: 'And then?', threadId }));
    test.model.reply = 'New answer.';
    const edit = { messageId: await idOf('user'), question: 'What is green?' };
    await finish(await editAndResend(test.core, test.admin, edit));
    expect(await texts()).toEqual(['What is green?', 'New answer.']);
  });

  it('rejects an answer', async () => {
    const edit = { messageId: await idOf('assistant'), question: 'x' };
    await expect(editAndResend(test.core, test.admin, edit)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

it('both require chat and a thread that the caller can see', async () => {
  const answerId = await idOf('assistant');
  const questionId = await idOf('user');
  const other = await test.addUser('other', 'admin');
  const key = test.keyActor(['documents:read']);
  for (const [actor, code] of [
    [other, 'NOT_FOUND'],
    [key, 'FORBIDDEN'],
  ] as const) {
    await expect(regenerate(test.core, actor, { messageId: answerId })).rejects.toMatchObject({ code });
    const edit = { messageId: questionId, question: 'x' };
    await expect(editAndResend(test.core, actor, edit)).rejects.toMatchObject({ code });
  }
});

it('deleting the question removes its answer', async () => {
  await deleteMessage(test.core, test.admin, await idOf('user'));
  expect(await texts()).toEqual([]);
});
