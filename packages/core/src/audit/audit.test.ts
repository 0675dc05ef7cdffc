import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createWorkspace } from '../workspaces/create-workspace.ts';
import { exportAudit } from './export-audit.ts';
import { listAudit } from './list-audit.ts';
import { recordRefusal } from './record-refusal.ts';

let test: TestCore;

beforeEach(async () => {
  test = await createTestCore();
  await createWorkspace(test.core, test.admin, { name: 'demo' });
});
afterEach(() => test.close());

it('lists entries by action', async () => {
  const page = await listAudit(test.core, test.admin, { action: 'workspace.created', limit: 10 });
  expect(page.items).toMatchObject([{ actor: 'user:usr_admin', details: { name: 'demo' } }]);
});

it('exports entries as lines of JSON, and records the export', async () => {
  const { items } = await listAudit(test.core, test.admin, { limit: 10 });
  const exported = await exportAudit(test.core, test.admin, {});
  expect(exported).toMatchObject({ filename: 'audit-2026-01-01.ndjson', lastId: items[0]?.id, isComplete: true });
  expect(JSON.parse(exported.text)).toMatchObject({ action: 'workspace.created' });
  expect(await test.lastAudit()).toMatchObject({ action: 'audit.exported', details: { entries: 1 } });
});

it('requires audit:read and a key that is not bound', async () => {
  const manager = await test.addUser('manager', 'manager');
  const bound = test.keyActor(['*'], { workspaceId: 'ws_1' });
  for (const actor of [manager, bound]) {
    await expect(listAudit(test.core, actor, { limit: 10 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(exportAudit(test.core, actor, {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
  }
});

it('records the same refusal once a minute', async () => {
  const key = test.keyActor([]);
  const refusals = async () => (await listAudit(test.core, test.admin, { action: 'access.refused', limit: 10 })).items;
  await recordRefusal(test.core, key, 'users.list');
  await recordRefusal(test.core, key, 'users.list');
  expect(await refusals()).toMatchObject([{ actor: 'key:key_test', details: { procedure: 'users.list' } }]);
  test.clock.advance(60_000);
  await recordRefusal(test.core, key, 'users.list');
  expect(await refusals()).toHaveLength(2);
});
