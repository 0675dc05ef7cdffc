import type { CreateWebhookInput } from '@lorebox/contract/webhook';
import type { Workspace } from '@lorebox/contract/workspace';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWebhook } from './create-webhook.ts';
import { deleteWebhook } from './delete-webhook.ts';
import { getDelivery } from './get-delivery.ts';
import { getWebhook } from './get-webhook.ts';
import { listDeliveries } from './list-deliveries.ts';
import { listWebhooks } from './list-webhooks.ts';
import { replayWebhook } from './replay-webhook.ts';
import { retryDelivery } from './retry-delivery.ts';
import { rotateWebhookSecret } from './rotate-webhook-secret.ts';
import { testWebhook } from './test-webhook.ts';
import { updateWebhook } from './update-webhook.ts';

const HOUR_MS = 3600_000;
let test: TestCore;
let workspace: Workspace;

beforeEach(async () => {
  test = await createTestCore();
  workspace = await test.addWorkspace();
});
afterEach(() => test.close());

function create(change: Partial<CreateWebhookInput> = {}) {
  const defaults = { url: 'https://example.com/hook?key=1', description: '', eventTypes: null, workspaceId: null };
  return createWebhook(test.core, test.admin, { ...defaults, ...change });
}

const sentTypes = () => test.webhookSender.requests.map(({ body }) => JSON.parse(body).type);
const deliveriesOf = async (webhookId: string) =>
  (await listDeliveries(test.core, test.admin, { webhookId, limit: 10 })).items;

describe('every webhook call', () => {
  it('requires its scope', async () => {
    const { id } = await create();
    const key = test.keyActor(['events:read']);
    for (const call of [
      () =>
        createWebhook(test.core, key, {
          url: 'https://a.example',
          description: '',
          eventTypes: null,
          workspaceId: null,
        }),
      () => listWebhooks(test.core, key, { limit: 10 }),
      () => getWebhook(test.core, key, id),
      () => updateWebhook(test.core, key, { webhookId: id }),
      () => deleteWebhook(test.core, key, id),
      () => rotateWebhookSecret(test.core, key, id),
      () => testWebhook(test.core, key, id),
      () => listDeliveries(test.core, key, { webhookId: id, limit: 10 }),
      () => getDelivery(test.core, key, 'dlv_unknown'),
      () => retryDelivery(test.core, key, 'dlv_unknown'),
      () => replayWebhook(test.core, key, { webhookId: id, since: test.clock.date }),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
  });

  it('hides webhooks of other workspaces from a bound key', async () => {
    const { id } = await create();
    const bound = test.keyActor(['webhooks:read', 'webhooks:write'], { workspaceId: workspace.id });
    expect((await listWebhooks(test.core, bound, { limit: 10 })).items).toEqual([]);
    for (const call of [
      () => getWebhook(test.core, bound, id),
      () => updateWebhook(test.core, bound, { webhookId: id, enabled: false }),
      () => deleteWebhook(test.core, bound, id),
      () => rotateWebhookSecret(test.core, bound, id),
      () => testWebhook(test.core, bound, id),
      () => listDeliveries(test.core, bound, { webhookId: id, limit: 10 }),
      () => retryDelivery(test.core, bound, 'dlv_unknown'),
      () => replayWebhook(test.core, bound, { webhookId: id, since: test.clock.date }),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });
});

describe('createWebhook', () => {
  it('returns the secret once, stores it sealed, and records the receiver without its path', async () => {
    const { id, secret } = await create();
    expect(secret).toMatch(/^whsec_/);
    expect(await test.stores.webhooks.get(id)).toMatchObject({ secret: `sealed ${secret}` });
    expect(await getWebhook(test.core, test.admin, id)).not.toHaveProperty('secret');
    const details = { receiver: 'https://example.com', enabled: true };
    expect(await test.lastAudit()).toMatchObject({ action: 'webhook.created', target: `webhook:${id}`, details });
  });

  it('stores the id of a workspace that is named by its slug, and sends its events', async () => {
    const { id, workspaceId } = await create({ workspaceId: 'demo' });
    expect(workspaceId).toBe(workspace.id);
    const other = await test.addWorkspace('other');
    await test.addText(other.id, 'Elsewhere.');
    await test.addText(workspace.id, 'Here.');
    await test.runWebhooks();
    expect(sentTypes()).toEqual(['document.ready']);
    expect(await deliveriesOf(id)).toMatchObject([{ status: 'delivered', eventType: 'document.ready' }]);
  });

  it('binds the webhook of a bound key to the workspace of the key', async () => {
    const bound = test.keyActor(['webhooks:write'], { workspaceId: workspace.id });
    const input = { url: 'https://a.example', description: '', eventTypes: null, workspaceId: null };
    expect(await createWebhook(test.core, bound, input)).toMatchObject({ workspaceId: workspace.id });
    const other = await test.addWorkspace('other');
    const elsewhere = createWebhook(test.core, bound, { ...input, workspaceId: other.id });
    await expect(elsewhere).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('rejects addresses that are not allowed, and local-only workspaces', async () => {
    await expect(create({ url: 'https://refused.example' })).rejects.toMatchObject({ code: 'URL_REFUSED' });
    await test.addWorkspace('local', { localOnly: true });
    await expect(create({ workspaceId: 'local' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

it('listWebhooks returns all webhooks to an admin', async () => {
  const { id } = await create();
  const bound = await create({ workspaceId: 'demo' });
  const { items } = await listWebhooks(test.core, test.admin, { limit: 10 });
  expect(items.map((webhook) => webhook.id).sort()).toEqual([id, bound.id].sort());
  expect(JSON.stringify(items)).not.toContain('whsec_');
});

describe('updateWebhook', () => {
  it('creates a new secret for a new URL, which replaces the old one immediately', async () => {
    const { id, secret } = await create();
    const same = await updateWebhook(test.core, test.admin, { webhookId: id, description: 'chat' });
    expect(same).toMatchObject({ description: 'chat', secret: null });
    const moved = await updateWebhook(test.core, test.admin, { webhookId: id, url: 'https://new.example/hook' });
    expect(moved.secret).not.toBe(secret);
    expect(await test.stores.webhooks.get(id)).toMatchObject({
      secret: `sealed ${moved.secret}`,
      previousSecret: null,
    });
    const details = { receiver: 'https://new.example', enabled: true };
    expect(await test.lastAudit()).toMatchObject({ action: 'webhook.updated', details });
  });

  it('rejects an address that is not allowed', async () => {
    const { id } = await create();
    const update = updateWebhook(test.core, test.admin, { webhookId: id, url: 'https://refused.example' });
    await expect(update).rejects.toMatchObject({ code: 'URL_REFUSED' });
  });

  it('enables a webhook that the server has disabled, and sends what was waiting', async () => {
    const { id } = await create();
    test.webhookSender.respond = () => ({ status: 410 });
    await test.addText(workspace.id, 'One.');
    await test.runWebhooks();
    expect(await getWebhook(test.core, test.admin, id)).toMatchObject({
      enabled: false,
      disabledReason: expect.stringContaining('410'),
    });
    test.webhookSender.respond = () => ({ status: 200 });
    const enabled = await updateWebhook(test.core, test.admin, { webhookId: id, enabled: true });
    expect(enabled).toMatchObject({ enabled: true, disabledReason: null });
  });
});

it('deleteWebhook ends its deliveries, and is recorded', async () => {
  const { id } = await create();
  await test.addText(workspace.id, 'One.');
  await deleteWebhook(test.core, test.admin, id);
  await test.runWebhooks();
  expect(test.webhookSender.requests).toEqual([]);
  expect(await test.lastAudit()).toMatchObject({ action: 'webhook.deleted', target: `webhook:${id}` });
  await expect(getWebhook(test.core, test.admin, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('rotateWebhookSecret signs with both secrets for a day', async () => {
  const { id, secret } = await create();
  const rotated = await rotateWebhookSecret(test.core, test.admin, id);
  expect(rotated.secret).not.toBe(secret);
  const signatures = async () => {
    await testWebhook(test.core, test.admin, id);
    await test.runWebhooks();
    return test.webhookSender.requests.at(-1)?.headers['webhook-signature']?.split(' ').length;
  };
  expect(await signatures()).toBe(2);
  test.clock.advance(24 * HOUR_MS);
  expect(await signatures()).toBe(1);
});

describe('testWebhook', () => {
  it('queues a test event only for this webhook', async () => {
    const { id } = await create({ eventTypes: ['document.ready'] });
    await create();
    expect(await testWebhook(test.core, test.admin, id)).toMatchObject({ webhookId: id, status: 'pending' });
    await test.runWebhooks();
    expect(sentTypes()).toEqual(['webhook.test']);
  });

  it('rejects a disabled webhook', async () => {
    const { id } = await create();
    await updateWebhook(test.core, test.admin, { webhookId: id, enabled: false });
    await expect(testWebhook(test.core, test.admin, id)).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('deliveries', () => {
  it('are retried after a pause, and at the time that the receiver requests', async () => {
    const { id } = await create();
    test.webhookSender.respond = () => ({ status: 503, retryAfter: '120' });
    await testWebhook(test.core, test.admin, id);
    await test.runWebhooks();
    const [delivery] = await deliveriesOf(id);
    expect(delivery?.nextAttemptAt).toEqual(new Date(test.clock.now() + 120_000));
    test.clock.advance(119_999);
    await test.runWebhooks();
    expect(test.webhookSender.requests).toHaveLength(1);
    test.webhookSender.respond = () => ({ status: 200 });
    test.clock.advance(1);
    await test.runWebhooks();
    const [first, second] = test.webhookSender.requests;
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    const attempts = [{ status: 503 }, { status: 200, error: null }];
    expect(await deliveriesOf(id)).toMatchObject([{ status: 'delivered', attempts, nextAttemptAt: null }]);
  });

  it('fail after the last retry, which disables the webhook', async () => {
    const { id } = await create();
    test.webhookSender.respond = () => ({ status: 500 });
    await testWebhook(test.core, test.admin, id);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await test.runWebhooks();
      test.clock.advance(60_000);
    }
    expect(test.webhookSender.requests).toHaveLength(3);
    expect(await deliveriesOf(id)).toMatchObject([{ status: 'failed' }]);
    const disabledReason = expect.stringContaining('3 delivery attempts');
    expect(await getWebhook(test.core, test.admin, id)).toMatchObject({ enabled: false, disabledReason });
  });

  it('are listed by status, and can be retried by hand', async () => {
    const { id } = await create();
    test.webhookSender.respond = () => ({ status: 410 });
    await testWebhook(test.core, test.admin, id);
    await test.runWebhooks();
    const failed = await listDeliveries(test.core, test.admin, { webhookId: id, status: 'failed', limit: 10 });
    const deliveryId = failed.items[0]?.id ?? '';
    await updateWebhook(test.core, test.admin, { webhookId: id, enabled: true });
    test.webhookSender.respond = () => ({ status: 200 });
    expect(await retryDelivery(test.core, test.admin, deliveryId)).toMatchObject({ status: 'pending' });
    await test.runWebhooks();
    expect(await deliveriesOf(id)).toMatchObject([{ id: deliveryId, status: 'delivered' }]);
    const unknown = retryDelivery(test.core, test.admin, 'dlv_unknown');
    await expect(unknown).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await getDelivery(test.core, test.admin, deliveryId)).toMatchObject({ status: 'delivered' });
    const missing = getDelivery(test.core, test.admin, 'dlv_unknown');
    await expect(missing).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const bound = test.keyActor(['webhooks:read'], { workspaceId: workspace.id });
    await expect(getDelivery(test.core, bound, deliveryId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

it('replayWebhook sends the events of a period again', async () => {
  const { id } = await create({ eventTypes: ['document.ready'] });
  await test.addText(workspace.id, 'Early.');
  test.clock.advance(HOUR_MS);
  const since = test.clock.date;
  await test.addText(workspace.id, 'Late.');
  await test.runWebhooks();
  expect(test.webhookSender.requests).toHaveLength(2);
  expect(await replayWebhook(test.core, test.admin, { webhookId: id, since })).toEqual({ queued: 1 });
  await test.runWebhooks();
  expect(test.webhookSender.requests).toHaveLength(3);
  const until = new Date(since.getTime() - 1);
  const early = { webhookId: id, since: new Date(0), until };
  expect(await replayWebhook(test.core, test.admin, early)).toEqual({ queued: 1 });
});
