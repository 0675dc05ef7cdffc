import type { Actor } from '@lorebox/contract/actor';
import type { ListThreadsInput, Thread } from '@lorebox/contract/chat';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask } from '../chat/ask.ts';
import { cancel } from '../chat/cancel.ts';
import { watch } from '../chat/watch.ts';
import { createThread } from './create-thread.ts';
import { deleteMessage } from './delete-message.ts';
import { deleteThread } from './delete-thread.ts';
import { listMessages } from './list-messages.ts';
import { listThreads } from './list-threads.ts';
import { updateThread } from './update-thread.ts';

let test: TestCore;
let workspaceId: string;

beforeEach(async () => {
  test = await createTestCore();
  ({ id: workspaceId } = await test.addWorkspace());
});
afterEach(() => test.close());

const list = (actor: Actor, filter: Partial<ListThreadsInput> = {}) =>
  listThreads(test.core, actor, { workspace: 'demo', archived: false, shared: false, limit: 10, ...filter });
const titles = async (filter: Partial<ListThreadsInput> = {}, actor: Actor = test.admin) =>
  (await list(actor, filter)).items.map(({ title }) => title);

async function add(title: string, actor: Actor = test.admin): Promise<Thread> {
  await test.clock.advance(1000);
  return createThread(test.core, actor, 'demo', title);
}

async function answer(question: string, reply: string, threadId?: string) {
  test.model.reply = reply;
  const started = await ask(test.core, test.admin, { workspace: 'demo', question, threadId });
  for await (const event of watch(test.core, test.admin, started)) if (event.type === 'answer-end') break;
  return started;
}

it('lists pinned threads first, then by activity, in pages that stay in order', async () => {
  const [a, b] = [await add('a'), await add('b')];
  await add('c');
  await add('d');
  await updateThread(test.core, test.admin, { threadId: b.id, pinned: true });
  await test.clock.advance(1000);
  await answer('And then?', 'Nothing.', a.id);
  expect(await titles()).toEqual(['b', 'a', 'd', 'c']);
  const pages: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const { items, nextCursor } = await list(test.admin, { limit: 1, cursor });
    pages.push(...items.map(({ title }) => title));
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  expect(pages).toEqual(['b', 'a', 'd', 'c']);
});

it('moves archived threads to a list of their own, without counting as activity', async () => {
  const old = await add('old');
  await add('new');
  const archived = await updateThread(test.core, test.admin, { threadId: old.id, archived: true });
  expect(archived).toMatchObject({ archived: true, updatedAt: old.updatedAt });
  expect([await titles(), await titles({ archived: true })]).toEqual([['new'], ['old']]);
});

it('says which threads are still answering', async () => {
  let finish = () => {};
  test.model.reply = async function* () {
    yield 'The';
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
  };
  const { threadId, answerId } = await ask(test.core, test.admin, { workspace: 'demo', question: 'Why?' });
  expect((await list(test.admin)).items).toMatchObject([{ id: threadId, answering: true, mine: true }]);
  for await (const event of watch(test.core, test.admin, { answerId })) {
    if (event.type === 'text-delta') finish();
  }
  expect((await list(test.admin)).items).toMatchObject([{ id: threadId, answering: false }]);
});

describe('query', () => {
  it('finds titles, questions and answers by the beginnings of their words', async () => {
    await add('Öffnungszeiten der Bäckerei');
    await answer('When was the café founded?', 'In 1912, by a lighthouse keeper.');
    await answer('図書館の検索システム', '全文検索です。');
    const café = 'When was the café founded?';
    expect(await titles({ query: 'OFFNUNG backerei' })).toEqual(['Öffnungszeiten der Bäckerei']);
    expect(await titles({ query: 'cafe' })).toEqual([café]);
    expect(await titles({ query: 'LIGHTH 191' })).toEqual([café]);
    expect(await titles({ query: '全文検索' })).toEqual(['図書館の検索システム']);
    expect(await titles({ query: 'lighthouse bakery' })).toEqual([]);
    expect((await titles({ query: ' "*( ' })).length).toBe(3);
  });

  it('forgets what was renamed or deleted, and finds nothing of others', async () => {
    const stranger = await test.addUser('other', 'admin');
    const thread = await add('lanterns');
    await updateThread(test.core, test.admin, { threadId: thread.id, title: 'lamps' });
    expect([await titles({ query: 'lanterns' }), await titles({ query: 'lamps' })]).toEqual([[], ['lamps']]);
    const { questionId, threadId } = await answer('Which harbour?', 'The northern one.');
    expect(await titles({ query: 'northern' })).toEqual(['Which harbour?']);
    expect(await titles({ query: 'northern' }, stranger)).toEqual([]);
    await deleteMessage(test.core, test.admin, questionId);
    expect(await titles({ query: 'northern' })).toEqual([]);
    expect(await titles({ query: 'harbour' })).toEqual(['Which harbour?']);
    await deleteThread(test.core, test.admin, threadId);
    expect(test.connection.raw.prepare('select count(*) from thread_texts').pluck().get()).toBe(1);
  });
});

describe('a thread that is shared with its workspace', () => {
  it('can be read by members, but not changed, continued or deleted', async () => {
    const { threadId, answerId, questionId } = await answer('Why?', 'Because.');
    await updateThread(test.core, test.admin, { threadId, visibility: 'workspace', pinned: true });
    expect(await test.lastAudit()).toMatchObject({
      action: 'thread.updated',
      target: `thread:${threadId}`,
      details: { visibility: 'workspace' },
    });
    const member = await test.addMember(workspaceId, 'viewer');
    const stranger = await test.addUser('stranger');
    expect((await list(member, { shared: true })).items).toMatchObject([{ id: threadId, mine: false, pinned: false }]);
    expect((await list(member)).items).toEqual([]);
    expect((await list(test.admin, { shared: true })).items).toEqual([]);
    expect((await list(member, { shared: true, query: 'becaus' })).items).toHaveLength(1);
    expect((await listMessages(test.core, member, threadId, { limit: 10 })).items).toHaveLength(2);
    for await (const event of watch(test.core, member, { answerId })) expect(event.answerId).toBe(answerId);
    const calls = [
      () => updateThread(test.core, member, { threadId, title: 'x' }),
      () => deleteThread(test.core, member, threadId),
      () => deleteMessage(test.core, member, questionId),
      () => ask(test.core, member, { workspace: 'demo', threadId, question: 'And now?' }),
      () => cancel(test.core, member, answerId),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const foreign = listMessages(test.core, stranger, threadId, { limit: 10 });
    await expect(foreign).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
