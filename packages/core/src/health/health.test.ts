import type { HealthCheck } from '@lorebox/contract/health';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cleanUp } from '../system/clean-up.ts';
import { createWebhook } from '../webhooks/create-webhook.ts';
import { testWebhook } from '../webhooks/test-webhook.ts';
import { checkHealth } from './check-health.ts';

const DAY_MS = 86_400_000;
let test: TestCore;

beforeEach(async () => {
  test = await createTestCore({ retryDelaysMs: [] });
});
afterEach(() => test.close());

const check = async (id: HealthCheck['id'], actor = test.admin) =>
  (await checkHealth(test.core, actor)).items.find((item) => item.id === id);

it('finds nothing wrong with a new installation, and tells managers too', async () => {
  const manager = await test.addUser('manager', 'manager');
  const { items } = await checkHealth(test.core, manager);
  expect(items.filter(({ severity }) => severity !== 'ok')).toEqual([]);
  expect(items.every(({ action }) => action === null)).toBe(true);
  expect(items.map(({ id }) => id)).not.toContain('vector-backend');
  const member = await test.addUser('member');
  for (const actor of [member, test.keyActor(['*'], { workspaceId: 'ws_1' })])
    await expect(checkHealth(test.core, actor)).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

describe('what is wrong', () => {
  it('with the disk and the data folder', async () => {
    test.machine.freeBytes = 3_500_000_000;
    expect(await check('disk')).toMatchObject({ severity: 'warning', message: /3\.5 GB free/ });
    test.machine.freeBytes = 900_000_000;
    test.machine.isWritable = false;
    expect(await check('disk')).toMatchObject({ severity: 'error', message: /900 MB free/ });
    expect(await check('data-folder')).toMatchObject({ severity: 'error', action: /permissions/ });
    const { items } = await checkHealth(test.core, test.admin);
    expect(items.slice(0, 2).map(({ severity }) => severity)).toEqual(['error', 'error']);
  });

  it('with documents', async () => {
    const workspace = await test.addWorkspace();
    await test.addText(workspace.id, 'The sky is blue.');
    test.connection.raw.exec("update documents set status = 'failed'");
    expect(await check('documents')).toMatchObject({ severity: 'warning', message: '1 document could not be read.' });
  });

  it('with webhooks', async () => {
    const { id } = await createWebhook(test.core, test.admin, {
      url: 'https://example.com/hook',
      description: '',
      eventTypes: null,
      workspaceId: null,
    });
    test.webhookSender.respond = () => ({ status: 500 });
    await testWebhook(test.core, test.admin, id);
    await test.runWebhooks();
    expect(await check('webhooks')).toMatchObject({
      severity: 'warning',
      message: '1 webhook disabled because of failures. 1 delivery failed in the last 24 hours.',
    });
    test.clock.advance(2 * DAY_MS);
    expect(await check('webhooks')).toMatchObject({ message: '1 webhook disabled because of failures.' });
    await test.stores.webhooks.update(id, { enabled: true, disabledReason: null });
    expect(await check('webhooks')).toMatchObject({ severity: 'ok' });
  });

  it('with the removal of expired data', async () => {
    test.clock.advance(3 * DAY_MS);
    expect(await check('clean-up')).toMatchObject({ severity: 'warning', message: 'Not run yet.' });
    await cleanUp(test.core, new AbortController().signal);
    expect(await check('clean-up')).toMatchObject({ severity: 'ok' });
  });

  it('with a check itself', async () => {
    test.machine.databaseBytes = () => Promise.reject(new Error('no such file'));
    expect(await check('database')).toMatchObject({ severity: 'error', message: 'The check failed.' });
  });
});
