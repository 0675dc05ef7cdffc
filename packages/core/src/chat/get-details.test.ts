import type { Workspace } from '@lorebox/contract/workspace';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { getMessage } from '../threads/get-message.ts';
import { listMessages } from '../threads/list-messages.ts';
import { ask } from './ask.ts';
import { cancel } from './cancel.ts';
import { getAnswer } from './get-answer.ts';
import { getDetails } from './get-details.ts';
import { watch } from './watch.ts';

let test: TestCore;
let workspace: Workspace;

beforeEach(async () => {
  test = await createTestCore();
  workspace = await test.addWorkspace();
  await test.addText(workspace.id, 'The lighthouse is forty metres high.');
});
afterEach(() => test.close());

async function answer(question: string) {
  const started = await ask(test.core, test.admin, { workspace: 'demo', question });
  const events = [];
  for await (const event of watch(test.core, test.admin, started)) events.push(event);
  const { messageId } = await getAnswer(test.core, test.admin, started.answerId);
  return { ...started, messageId, events };
}

it('returns what a finished answer was made from, and the message says its model and end', async () => {
  test.model.reply = 'It is forty metres high [1]. The moon is made of cheese.';
  const { messageId, questionId, threadId, events } = await answer('How high is the lighthouse?');
  const end = events.find((event) => event.type === 'answer-end');
  const found = events.find((event) => event.type === 'sources-found');
  expect(await getDetails(test.core, test.admin, messageId)).toEqual({
    sources: found?.sources,
    tableQueries: [],
    context: end?.context,
    notices: [...(found?.notices ?? []), ...(end?.notices ?? [])],
    unsupported: end?.unsupported,
    usage: end?.usage,
    timings: end?.timings,
    model: end?.model,
    mode: 'chat',
    finishReason: 'stop',
  });
  expect(found?.sources.length).toBeGreaterThan(0);
  const [question, reply] = (await listMessages(test.core, test.admin, threadId, { limit: 10 })).items;
  expect(question).toMatchObject({ id: questionId, unsupported: [], model: null, finishReason: null });
  expect(reply).toMatchObject({ unsupported: end?.unsupported, model: end?.model, finishReason: 'stop' });
  await expect(getDetails(test.core, test.admin, questionId)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

it('returns what is known of a stopped answer, and refuses while it is in progress', async () => {
  test.model.reply = async function* () {
    yield 'It is';
    await new Promise(() => {});
  };
  const { answerId } = await ask(test.core, test.admin, { workspace: 'demo', question: 'How high is the lighthouse?' });
  const { messageId } = await getAnswer(test.core, test.admin, answerId);
  await expect(getDetails(test.core, test.admin, messageId)).rejects.toMatchObject({ code: 'CONFLICT' });
  for await (const event of watch(test.core, test.admin, { answerId }))
    if (event.type === 'text-delta') await cancel(test.core, test.admin, answerId);
  const details = await getDetails(test.core, test.admin, messageId);
  expect(details).toMatchObject({ context: null, usage: null, finishReason: 'cancelled', mode: 'chat' });
  expect(details.sources.length).toBeGreaterThan(0);
  expect(await getMessage(test.core, test.admin, messageId)).toMatchObject({
    finishReason: 'cancelled',
    model: details.model,
  });
});

it("hides the details of others' answers", async () => {
  const { messageId } = await answer('How high is the lighthouse?');
  const member = await test.addMember(workspace.id, 'owner');
  await expect(getDetails(test.core, member, messageId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
