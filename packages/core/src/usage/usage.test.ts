import type { UsageSummaryInput } from '@lorebox/contract/usage';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ask } from '../chat/ask.ts';
import { watch } from '../chat/watch.ts';
import { cleanUp } from '../system/clean-up.ts';
import { deleteThread } from '../threads/delete-thread.ts';
import { summarizeUsage } from './summarize-usage.ts';

const DAY_MS = 86_400_000;
let test: TestCore;

beforeEach(async () => {
  test = await createTestCore();
});
afterEach(() => test.close());

const summary = async (input: Partial<UsageSummaryInput> = {}, actor = test.admin) => {
  const day = test.clock.date;
  return (await summarizeUsage(test.core, actor, { since: day, until: day, by: 'day', ...input })).items;
};

async function question(workspace: string, actor = test.admin): Promise<string> {
  const started = await ask(test.core, actor, { workspace, question: 'How high is the lighthouse?' });
  for await (const event of watch(test.core, actor, started)) expect(event.answerId).toBe(started.answerId);
  return started.threadId;
}

it('counts questions, tokens and failures per day, user, model and workspace', async () => {
  const first = await test.addWorkspace();
  const second = await test.addWorkspace('other');
  const member = await test.addMember(first.id, 'viewer', 'vera');
  await test.addText(first.id, 'The lighthouse is forty metres high.');
  test.model.reply = 'It is forty metres high [1].';
  await question('demo');
  await question('demo', member);
  test.model.reply = async function* () {
    yield 'It';
    throw new Error('out of memory');
  };
  await question('other');
  const [day] = await summary();
  expect(day).toMatchObject({ key: '2026-01-01', label: '2026-01-01', questions: 3, failed: 1 });
  expect(day?.inputTokens).toBeGreaterThan(0);
  expect(day?.outputTokens).toBeGreaterThan(0);
  expect(day?.latencyMsP50).toBeGreaterThan(0);
  expect(day?.latencyMsP95).toBeGreaterThanOrEqual(day?.latencyMsP50 ?? Number.NaN);
  const rows = async (by: UsageSummaryInput['by'], more: Partial<UsageSummaryInput> = {}) =>
    (await summary({ by, ...more })).map(({ label, questions, failed }) => [label, questions, failed]);
  expect(await rows('user')).toEqual([
    ['admin', 2, 1],
    ['vera', 1, 0],
  ]);
  expect(await rows('workspace')).toEqual([
    ['demo', 2, 0],
    ['other', 1, 1],
  ]);
  expect(await rows('model')).toEqual([['test:default', 3, 1]]);
  expect(await rows('user', { workspace: second.id })).toEqual([['admin', 1, 1]]);
});

it('keeps the sums of deleted threads, users and workspaces, and removes old days', async () => {
  const workspace = await test.addWorkspace();
  const member = await test.addMember(workspace.id, 'viewer', 'vera');
  await deleteThread(test.core, member, await question('demo', member));
  await test.stores.users.remove(member.userId);
  expect(await summary({ by: 'user' })).toMatchObject([{ key: member.userId, label: member.userId, questions: 1 }]);
  const since = test.clock.date;
  test.clock.advance(300 * DAY_MS);
  await cleanUp(test.core, new AbortController().signal);
  expect(await summary({ since })).toHaveLength(1);
  test.clock.advance(101 * DAY_MS);
  await cleanUp(test.core, new AbortController().signal);
  expect(await summary({ since, until: since })).toEqual([]);
});

it('rejects too long and reversed periods, and callers without the scope', async () => {
  const at = (days: number) => new Date(test.clock.now() + days * DAY_MS);
  await expect(summary({ since: at(0), until: at(366) })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await expect(summary({ since: at(1), until: at(0) })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await expect(summary({ workspace: 'none' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await summary({ since: at(0), until: at(365) }, await test.addUser('manager', 'manager'))).toEqual([]);
  await expect(summary({}, await test.addUser('member'))).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
