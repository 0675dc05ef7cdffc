import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoreboxEvent } from '@lorebox/contract/event';
import { DEFAULT_WORKSPACE_SETTINGS } from '@lorebox/contract/workspace';
import type { StoredWebhook } from '@lorebox/ports/event-stores';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, openConnection } from '../connection.ts';
import { migrateDatabase } from '../migrate.ts';
import { createStores, type Stores } from '../stores.ts';
import { createInlineWriter } from '../writer/writer.ts';

const AT = new Date('2026-01-01T00:00:00Z');
const LATER = new Date('2026-01-02T00:00:00Z');

let folder: string;
let writing: Connection;
let reading: Connection;
let stores: Stores;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'events-'));
  mkdirSync(join(folder, 'blobs/staging'), { recursive: true });
  writing = openConnection(join(folder, 'lorebox.db'), { readonly: false, vectors: true });
  migrateDatabase(writing, join(folder, 'blobs'));
  reading = openConnection(join(folder, 'lorebox.db'), { readonly: true, vectors: false });
  stores = createStores(reading, createInlineWriter(writing, join(folder, 'blobs')));
});
afterEach(() => {
  reading.raw.close();
  writing.raw.close();
  rmSync(folder, { recursive: true });
});

const addWorkspace = (id: string, at = AT) =>
  stores.workspaces.create(
    { ...DEFAULT_WORKSPACE_SETTINGS, id, name: id, slug: id, createdAt: at, updatedAt: at },
    null,
  );

async function addWebhook(id: string, about: Partial<StoredWebhook> = {}): Promise<void> {
  const times = { createdAt: AT, updatedAt: AT };
  const secrets = { secret: 'sealed', previousSecret: null, previousSecretUntil: null };
  const state = { enabled: true, disabledReason: null, eventTypes: null, workspaceId: null };
  await stores.webhooks.create({
    id,
    url: 'https://example.com',
    description: '',
    ...times,
    ...secrets,
    ...state,
    ...about,
  });
}

/** Removing a workspace uses the real clock. */
const FAR = new Date('2100-01-01T00:00:00Z');
const due = async (id: string, now = FAR) =>
  (await stores.webhooks.dueDeliveries(id, now, 100)).map(({ event }) => event.type);
const typesOf = (events: readonly LoreboxEvent[]) => events.map(({ type }) => type);
const page = { workspaceId: null, cursor: undefined, limit: 10 };

describe('events', () => {
  it('are written with the change, and listed newest first, or oldest first after an event', async () => {
    await addWorkspace('a');
    await addWorkspace('b');
    await stores.workspaces.remove('a');
    const { items } = await stores.events.list({ ...page });
    expect(typesOf(items)).toEqual(['workspace.deleted', 'workspace.created', 'workspace.created']);
    const [, , oldest] = items;
    expect(typesOf(await stores.events.after(oldest?.id ?? '', null, 10))).toEqual([
      'workspace.created',
      'workspace.deleted',
    ]);
    expect(await stores.events.after(null, 'b', 10)).toMatchObject([{ workspaceId: 'b', data: { slug: 'b' } }]);
    expect(await stores.events.lastId()).toBe(items[0]?.id);
    const first = await stores.events.list({ ...page, limit: 2 });
    const second = await stores.events.list({ ...page, limit: 2, cursor: first.nextCursor ?? '' });
    expect(second.items).toEqual([oldest]);
  });

  it('are not written if the change fails', async () => {
    await addWorkspace('a');
    await expect(addWorkspace('a')).rejects.toThrow();
    expect((await stores.events.list({ ...page })).items).toHaveLength(1);
  });

  it('are pruned in steps, with their deliveries', async () => {
    await addWebhook('w');
    for (let i = 0; i < 3; i += 1) await addWorkspace(`old${i}`);
    await addWorkspace('young', LATER);
    expect(await stores.events.prune(LATER)).toBe(true);
    expect((await stores.events.list({ ...page })).items).toHaveLength(1);
    expect(await due('w')).toEqual(['workspace.created']);
    // Resuming after a pruned event returns what is left.
    expect(await stores.events.after('evt_gone', null, 10)).toHaveLength(1);
  });
});

describe('webhooks', () => {
  it('have due deliveries for subscribed events, once enabled', async () => {
    await addWebhook('all');
    await addWebhook('deleted', { eventTypes: ['workspace.deleted'] });
    await addWebhook('of-b', { workspaceId: 'b' });
    await addWebhook('off', { enabled: false });
    await addWorkspace('a');
    await addWorkspace('b');
    await stores.workspaces.remove('a');
    expect(await due('all')).toEqual(['workspace.created', 'workspace.created', 'workspace.deleted']);
    expect(await due('deleted')).toEqual(['workspace.deleted']);
    expect(await due('of-b')).toEqual(['workspace.created']);
    expect(await due('off')).toEqual([]);
    const waiting = await stores.webhooks.withDueDeliveries(FAR);
    expect(waiting.map(({ id }) => id).sort()).toEqual(['all', 'deleted', 'of-b']);
  });

  it('record every attempt and the time of the next one', async () => {
    await addWebhook('w');
    await addWorkspace('a');
    const [first] = await stores.webhooks.dueDeliveries('w', LATER, 1);
    const id = first?.delivery.id ?? '';
    const attempt = { at: AT, status: 500, error: 'no', durationMs: 5 };
    await stores.webhooks.recordAttempt(id, attempt, { status: 'pending', nextAttemptAt: LATER, disable: null });
    expect(await due('w', AT)).toEqual([]);
    expect(await stores.webhooks.dueDeliveries('w', LATER, 1)).toMatchObject([{ tries: 1 }]);
    await stores.webhooks.recordAttempt(id, attempt, { status: 'failed', nextAttemptAt: null, disable: 'enough' });
    expect(await stores.webhooks.getDelivery(id)).toMatchObject({ status: 'failed', attempts: [attempt, attempt] });
    expect(await stores.webhooks.get('w')).toMatchObject({ enabled: false, disabledReason: 'enough' });
    expect(await stores.webhooks.hasDeliveredSince('w', new Date(0))).toBe(false);
    await stores.webhooks.retryDelivery(id, AT);
    await stores.webhooks.update('w', { enabled: true });
    expect(await stores.webhooks.dueDeliveries('w', LATER, 1)).toMatchObject([
      { tries: 0, delivery: { attempts: [{}, {}] } },
    ]);
    const done = { ...attempt, status: 204, error: null, at: LATER };
    await stores.webhooks.recordAttempt(id, done, { status: 'delivered', nextAttemptAt: null, disable: null });
    expect(await stores.webhooks.hasDeliveredSince('w', LATER)).toBe(true);
    await stores.webhooks.recordAttempt('dlv_gone', done, {
      status: 'delivered',
      nextAttemptAt: null,
      disable: 'never',
    });
    expect(await stores.webhooks.get('w')).toMatchObject({ enabled: true });
  });

  it('replay the events of a period, except tests', async () => {
    await addWorkspace('before');
    await addWebhook('w');
    await addWorkspace('in', LATER);
    await stores.webhooks.addTest('w', LATER);
    expect(await stores.webhooks.replay('w', LATER, LATER, LATER)).toBe(1);
    expect(await stores.webhooks.replay('w', AT, LATER, LATER)).toBe(2);
    expect(await due('w')).toHaveLength(5);
  });

  it('of a deleted workspace are removed after their last delivery', async () => {
    await addWorkspace('a');
    await addWebhook('w', { workspaceId: 'a' });
    await addWebhook('stays');
    await stores.workspaces.remove('a');
    expect(await stores.webhooks.removeOrphans()).toBe(0);
    const [delivery] = await stores.webhooks.dueDeliveries('w', new Date(), 1);
    const attempt = { at: AT, status: 204, error: null, durationMs: 1 };
    const next = { status: 'delivered', nextAttemptAt: null, disable: null } as const;
    await stores.webhooks.recordAttempt(delivery?.delivery.id ?? '', attempt, next);
    expect(await stores.webhooks.removeOrphans()).toBe(1);
    expect(await stores.webhooks.get('stays')).not.toBeNull();
  });
});

describe('idempotency keys', () => {
  it('are claimed once, answered, released and pruned', async () => {
    const { idempotencyRows: idempotency } = stores;
    await idempotency.claim('who', 'key', 'print', AT);
    await idempotency.claim('who', 'key', 'other', LATER);
    expect(await idempotency.get('who', 'key')).toEqual({ fingerprint: 'print', answer: null });
    expect(await idempotency.get('another', 'key')).toBeNull();
    await idempotency.finish('who', 'key', 'sealed');
    expect(await idempotency.get('who', 'key')).toEqual({ fingerprint: 'print', answer: 'sealed' });
    await idempotency.claim('who', 'free', 'print', LATER);
    await idempotency.release('who', 'free');
    expect(await idempotency.get('who', 'free')).toBeNull();
    expect(await idempotency.prune(LATER)).toBe(1);
    expect(await idempotency.get('who', 'key')).toBeNull();
  });
});
