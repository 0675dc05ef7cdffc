import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AT, TestDatabase, workspace } from '../testing/test-database.ts';

let database: TestDatabase;
beforeEach(() => {
  database = new TestDatabase();
});
afterEach(() => database.close());

describe('answers', () => {
  it('end with an error after their stored events if the process stopped; finished answers are unchanged', async () => {
    await database.stores.workspaces.create(workspace('ws_a'), null);
    const thread = {
      id: 'thr_1',
      workspaceId: 'ws_a',
      userId: null,
      keyId: null,
      title: 't',
      pinned: false,
      archived: false,
      visibility: 'private' as const,
      createdAt: AT,
      updatedAt: AT,
    };
    for (const n of [1, 2]) {
      const ids = { id: `ans_${n}`, questionId: `msg_q${n}`, messageId: `msg_r${n}` };
      const answer = { ...ids, workspaceId: 'ws_a', threadId: 'thr_1', state: 'running', startedAt: AT } as const;
      const question = { id: ids.questionId, text: 'Why?' };
      await database.stores.answers.begin({
        answer,
        newThread: n === 1 ? thread : null,
        question,
        removeMessageId: null,
      });
      await database.stores.answers.appendEvents(ids.id, [
        { type: 'text-delta', answerId: ids.id, seq: 7, text: 'Because' },
      ]);
    }
    const message = {
      text: 'Because.',
      reasoning: null,
      status: 'complete' as const,
      citations: [],
      unsupported: [],
      model: 'm',
      finishReason: 'stop' as const,
      error: null,
    };
    await database.stores.answers.finish('ans_2', { events: [], state: 'done', message, at: AT });

    expect((await database.stores.answers.listRunning()).map(({ id }) => id)).toEqual(['ans_1']);
    const failed = { ...message, text: 'Because', status: 'failed' as const };
    await database.stores.answers.finish('ans_1', { events: [], state: 'failed', message: failed, at: AT });
    expect(await database.stores.answers.listRunning()).toEqual([]);
    expect((await database.stores.answers.get('ans_1'))?.state).toBe('failed');
    expect((await database.stores.answers.get('ans_2'))?.state).toBe('done');
    const { items } = await database.stores.threads.listMessages('thr_1', { limit: 10 });
    expect(items.map(({ id, status }) => [id, status])).toEqual([
      ['msg_q1', 'complete'],
      ['msg_q2', 'complete'],
      ['msg_r1', 'failed'],
      ['msg_r2', 'complete'],
    ]);
  });
});
