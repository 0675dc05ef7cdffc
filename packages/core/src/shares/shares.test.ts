import type { Actor } from '@lorebox/contract/actor';
import type { ListSharesInput } from '@lorebox/contract/share';
import type { Workspace } from '@lorebox/contract/workspace';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask } from '../chat/ask.ts';
import { watch } from '../chat/watch.ts';
import { createThread } from '../threads/create-thread.ts';
import { deleteThread } from '../threads/delete-thread.ts';
import { createShare } from './create-share.ts';
import { listShares } from './list-shares.ts';
import { revokeShare } from './revoke-share.ts';
import { viewShare } from './view-share.ts';

let test: TestCore;
let workspace: Workspace;
let member: Extract<Actor, { kind: 'user' }>;
let threadId: string;

beforeEach(async () => {
  test = await createTestCore();
  workspace = await test.addWorkspace();
  member = await test.addMember(workspace.id, 'viewer', 'vera');
  await test.addText(workspace.id, 'The lighthouse is forty metres high.', 'Lights');
  test.model.reply = 'It is forty metres high [1].';
  const started = await ask(test.core, member, { workspace: 'demo', question: 'How high is the lighthouse?' });
  for await (const event of watch(test.core, member, started)) expect(event.answerId).toBe(started.answerId);
  ({ threadId } = started);
});
afterEach(() => test.close());

const list = (actor: Actor, filter: Partial<ListSharesInput> = {}) =>
  listShares(test.core, actor, { limit: 10, ...filter });
const gone = (token: string) =>
  expect(viewShare(test.core, token)).rejects.toMatchObject({
    code: 'NOT_FOUND',
    message: 'This link is unknown, has expired, or was revoked.',
  });

it('shows what the thread holds now, without ids of documents', async () => {
  const { token, url, id } = await createShare(test.core, member, { threadId });
  expect(url).toBe(`/s/${token}`);
  expect(await test.lastAudit()).toMatchObject({
    action: 'share.created',
    target: `share:${id}`,
    details: { threadId },
  });
  const shared = await viewShare(test.core, token);
  expect(shared).toMatchObject({ title: 'How high is the lighthouse?', sharedBy: 'vera' });
  expect(shared.messages.map(({ role, text }) => [role, text])).toEqual([
    ['user', 'How high is the lighthouse?'],
    ['assistant', 'It is forty metres high [1].'],
  ]);
  const [citation] = shared.messages[1]?.citations ?? [];
  expect(Object.keys(citation ?? {}).sort()).toEqual([
    'n',
    'page',
    'section',
    'sentences',
    'startTime',
    'text',
    'title',
  ]);
  expect(JSON.stringify(shared)).not.toMatch(/doc_|ws_|thr_|msg_/);
  await viewShare(test.core, token);
  expect((await list(member)).items).toMatchObject([{ id, threadId, views: 2, expiresAt: null, sharedBy: 'vera' }]);
  const row = test.connection.raw.prepare('select * from shares').get();
  expect(JSON.stringify(row)).not.toContain(token);
});

it('leaves out answers in progress', async () => {
  test.model.reply = async function* () {
    yield 'It';
    await new Promise(() => {});
  };
  await ask(test.core, member, { workspace: 'demo', threadId, question: 'And how wide?' });
  const { token } = await createShare(test.core, member, { threadId });
  expect((await viewShare(test.core, token)).messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
});

describe('a link stops', () => {
  it('when it expires, is revoked, or its thread is deleted', async () => {
    const past = new Date(test.clock.now());
    await expect(createShare(test.core, member, { threadId, expiresAt: past })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    const expiresAt = new Date(test.clock.now() + 1000);
    const [short, revoked, long] = [
      await createShare(test.core, member, { threadId, expiresAt }),
      await createShare(test.core, member, { threadId }),
      await createShare(test.core, member, { threadId }),
    ];
    await revokeShare(test.core, member, revoked.id);
    expect(await test.lastAudit()).toMatchObject({ action: 'share.revoked', target: `share:${revoked.id}` });
    await test.clock.advance(1000);
    await gone(short.token);
    await gone(revoked.token);
    await gone('unknown');
    await viewShare(test.core, long.token);
    await deleteThread(test.core, member, threadId);
    await gone(long.token);
  });

  it('when its creator loses access', async () => {
    const { token } = await createShare(test.core, member, { threadId });
    await test.stores.workspaces.removeMember(workspace.id, member.userId);
    await gone(token);
    await test.stores.workspaces.setMember(workspace.id, member.userId, 'viewer', test.clock.date);
    await viewShare(test.core, token);
    await test.stores.users.update(member.userId, { suspended: true }, { endSessions: true, revokeKeys: false });
    await gone(token);
  });
});

it('only the owner of the thread creates links; owners of the workspace list and revoke them too', async () => {
  const owner = await test.addMember(workspace.id, 'owner');
  const editor = await test.addMember(workspace.id, 'editor');
  const { id } = await createShare(test.core, member, { threadId });
  for (const actor of [owner, editor, test.admin])
    await expect(createShare(test.core, actor, { threadId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect((await list(owner, { workspace: 'demo' })).items).toHaveLength(1);
  expect((await list(owner, { threadId })).items).toHaveLength(1);
  expect((await list(owner)).items).toEqual([]);
  expect((await list(editor, { workspace: 'demo' })).items).toEqual([]);
  await expect(list(editor, { threadId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(revokeShare(test.core, editor, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await revokeShare(test.core, owner, id);
  expect((await list(member, { threadId })).items).toEqual([]);
  await expect(revokeShare(test.core, owner, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('a thread has a limited number of links', async () => {
  const thread = await createThread(test.core, member, 'demo', 'x');
  for (let n = 0; n < 100; n += 1) await createShare(test.core, member, { threadId: thread.id });
  await expect(createShare(test.core, member, { threadId: thread.id })).rejects.toMatchObject({
    code: 'UNPROCESSABLE',
  });
});
