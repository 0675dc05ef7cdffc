import type { Workspace } from '@lorebox/contract/workspace';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { listEvents } from './list-events.ts';
import { watchEvents } from './watch-events.ts';

let test: TestCore;
let workspace: Workspace;

beforeEach(async () => {
  test = await createTestCore();
  workspace = await test.addWorkspace();
  await test.addText(workspace.id, 'One.');
});
afterEach(() => test.close());

it('lists the events of all workspaces, or of one', async () => {
  const other = await test.addWorkspace('other');
  await test.addText(other.id, 'Two.');
  const ready = { type: 'document.ready', limit: 10 } as const;
  expect((await listEvents(test.core, test.admin, ready)).items).toHaveLength(2);
  const { items } = await listEvents(test.core, test.admin, { ...ready, workspace: 'other' });
  expect(items).toMatchObject([{ workspaceId: other.id }]);
  const bound = test.keyActor(['events:read'], { workspaceId: workspace.id });
  expect((await listEvents(test.core, bound, ready)).items).toMatchObject([{ workspaceId: workspace.id }]);
  const hidden = listEvents(test.core, bound, { ...ready, workspace: 'other' });
  await expect(hidden).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('requires events:read', async () => {
  const member = await test.addMember(workspace.id, 'owner');
  await expect(listEvents(test.core, member, { limit: 10 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(watchEvents(test.core, member, {}).next()).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

it('resumes after an event, then yields new ones until the caller leaves', async () => {
  const { items } = await listEvents(test.core, test.admin, { limit: 10 });
  const newest = items[0]?.id ?? '';
  const controller = new AbortController();
  const stream = watchEvents(test.core, test.admin, { workspace: 'demo', lastEventId: newest }, controller.signal);
  const next = stream.next();
  await expect.poll(() => test.clock.isAwaited, { interval: 1 }).toBe(true);
  await test.addText(workspace.id, 'Two.');
  expect((await next).value).toMatchObject({ type: 'document.ready', workspaceId: workspace.id });
  controller.abort();
  expect((await stream.next()).done).toBe(true);
});
