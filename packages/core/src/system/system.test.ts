import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { listEvents } from '../events/list-events.ts';
import { login } from '../identity/login.ts';
import { cleanUp } from './clean-up.ts';
import { getStatus } from './get-status.ts';

const DAY_MS = 86_400_000;
let test: TestCore;

beforeEach(async () => {
  test = await createTestCore({ settings: { eventRetentionDays: 2, auditRetentionDays: 4 } });
});
afterEach(() => test.close());

it('getStatus counts documents, chunks and jobs', async () => {
  const workspace = await test.addWorkspace();
  await test.addText(workspace.id, 'The sky is blue.');
  test.clock.advance(5000);
  expect(await getStatus(test.core, test.admin)).toMatchObject({
    version: '0.0.0-test',
    uptimeSeconds: 5,
    embedder: { modelId: 'test-embedder' },
    defaultModel: 'test:default',
    documents: { ready: 1, processing: 0, failed: 0 },
    chunks: 1,
    jobs: { queued: 0, running: 0 },
    vectorBackend: null,
  });
});

it('getStatus requires system:read and a key that is not bound', async () => {
  const bound = test.keyActor(['*'], { workspaceId: 'ws_1' });
  for (const actor of [await test.addUser('member'), bound]) {
    await expect(getStatus(test.core, actor)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  }
});

it('cleanUp removes events, audit entries and sessions that are older than the settings say', async () => {
  const workspace = await test.addWorkspace();
  await test.addText(workspace.id, 'The sky is blue.');
  await login(test.core, { username: 'admin', password: "admin's password" }, { address: '', requestId: '' });
  const counts = async () => [
    (await listEvents(test.core, test.admin, { type: 'document.ready', limit: 10 })).items.length,
    (await test.stores.audit.list({ limit: 10 })).items.length,
    (await test.stores.sessions.listOfUser(test.admin.userId, new Date(0))).length,
  ];
  const signal = new AbortController().signal;
  await cleanUp(test.core, signal);
  expect(await counts()).toEqual([1, 1, 1]);
  test.clock.advance(3 * DAY_MS);
  await cleanUp(test.core, signal);
  expect(await counts()).toEqual([0, 1, 1]);
  test.clock.advance(28 * DAY_MS);
  await cleanUp(test.core, signal);
  expect(await counts()).toEqual([0, 0, 0]);
});
