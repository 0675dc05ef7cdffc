import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@lorebox/contract/errors';
import { DEFAULT_WORKSPACE_SETTINGS } from '@lorebox/contract/workspace';
import type { Connector, SourceItem, SyncContext } from '@lorebox/ports/connector';
import type { StoredSource } from '@lorebox/ports/source-stores';
import { createFileBlobStore } from '@lorebox/storage/sqlite/blobs/file-blob-store';
import { type Connection, openConnection } from '@lorebox/storage/sqlite/connection';
import { migrateDatabase } from '@lorebox/storage/sqlite/migrate';
import { createStores, type Stores } from '@lorebox/storage/sqlite/stores';
import { createInlineWriter } from '@lorebox/storage/sqlite/writer/writer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SourceRunner } from './source-runner.ts';

const AT = new Date('2026-01-01T00:00:00Z');
type Sync = (context: SyncContext) => AsyncIterable<SourceItem>;

let folder: string;
let connection: Connection;
let stores: Stores;
let runner: SourceRunner | undefined;
let sync: Sync;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'runner-'));
  mkdirSync(join(folder, 'blobs', 'staging'), { recursive: true });
  connection = openConnection(join(folder, 'lorebox.db'), { readonly: false, vectors: true });
  migrateDatabase(connection, join(folder, 'blobs'));
  stores = createStores(connection, createInlineWriter(connection, join(folder, 'blobs')));
  const about = { id: 'ws_1', slug: 'demo', name: 'demo', createdAt: AT, updatedAt: AT };
  await stores.workspaces.create({ ...DEFAULT_WORKSPACE_SETTINGS, ...about }, null);
});
afterEach(async () => {
  await runner?.stop();
  connection.raw.close();
  rmSync(folder, { recursive: true, force: true });
});

function start({ retryDelaysMs = [20, 20], maxBytes = 1000, concurrency = 2, parallel = 1 } = {}): SourceRunner {
  const connector: Connector = {
    ...{ id: 'test', label: 'Test', description: '', reads: 'network', requestsPerSecond: 1000 },
    configSchema: z.strictObject({ token: z.string().optional().meta({ writeOnly: true }) }),
    parallel,
    check: async () => {},
    sync: (context) => sync(context),
  };
  const nothing = () => Promise.reject(new Error('not here'));
  const host = { fetch: nothing, resolve: nothing, folder: nothing, render: nothing, close: async () => {} };
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  runner = new SourceRunner(
    {
      sources: stores.sources,
      blobs: createFileBlobStore(folder, { minFreeBytes: 0 }),
      room: { take: async () => {} },
      connectors: { list: async () => [connector], find: async (id) => (id === 'test' ? connector : null) },
      hosts: { open: () => host },
      vault: { seal: (text) => text, open: (text) => text },
      clock: { now: Date.now },
      log,
      maxBytes,
      wakeIngest: () => {},
    },
    { concurrency, retryDelaysMs, requestRetryDelaysMs: [] },
  );
  runner.start();
  return runner;
}

async function create(id = 'src_1', change: Partial<StoredSource> = {}): Promise<void> {
  const now = new Date();
  const about = { workspaceId: 'ws_1', connector: 'test', name: 'Test', config: {}, secrets: null, secretNames: [] };
  const schedule = { everyMinutes: 60, requestsPerSecond: null, enabled: true, nextRunAt: now };
  await stores.sources.create({ id, ...about, ...schedule, createdAt: now, updatedAt: now, ...change });
}

function item(externalId: string, text = externalId, open?: () => AsyncIterable<Uint8Array>): SourceItem {
  async function* bytes() {
    yield new TextEncoder().encode(text);
  }
  return { kind: 'upsert', externalId, version: text, filename: `${externalId}.txt`, open: open ?? bytes };
}

const get = async (id = 'src_1') => await stores.sources.get(id);
const lastRun = async (id = 'src_1') => (await get(id))?.lastRun;
const ended = async (state: string, id = 'src_1') => {
  await expect.poll(async () => (await lastRun(id))?.state, { timeout: 5000 }).toBe(state);
  return lastRun(id);
};
const again = async (full = false) => {
  const before = (await lastRun())?.id;
  await stores.sources.queue('src_1', new Date(), full);
  runner?.wake();
  await expect.poll(async () => (await lastRun())?.id, { timeout: 5000 }).not.toBe(before);
};
const documentIds = async () =>
  (await stores.documents.list({ workspaceId: 'ws_1', limit: 200 })).items.map(({ externalId }) => externalId);

describe('a sync run', () => {
  it('adds, changes, leaves and removes, counts it, and tells of it', async () => {
    let opened = 0;
    let items = [item('a'), item('b'), item('c')];
    sync = async function* () {
      for (const one of items) {
        if (one.kind !== 'upsert') continue;
        const { open } = one;
        yield {
          ...one,
          open() {
            opened += 1;
            return open();
          },
        };
      }
      yield { kind: 'full' };
      yield { kind: 'cursor', cursor: { at: 1 } };
    };
    await create();
    start();
    expect(await ended('succeeded')).toMatchObject({ isFull: true, counts: { seen: 3, added: 3, removed: 0 } });
    expect(await documentIds()).toEqual(['source:src_1:a', 'source:src_1:b', 'source:src_1:c']);
    items = [item('a'), item('b', 'another text'), item('d')];
    await again();
    expect(await ended('succeeded')).toMatchObject({
      counts: { seen: 3, added: 1, changed: 1, unchanged: 1, removed: 1, failed: 0 },
    });
    expect(opened).toBe(5);
    expect((await get())?.items).toBe(3);
    expect((await documentIds()).sort()).toEqual(['source:src_1:a', 'source:src_1:b', 'source:src_1:d']);
    const { items: events } = await stores.events.list({ workspaceId: 'ws_1', limit: 50, type: 'source.synced' });
    expect(events.map(({ data }) => data)).toMatchObject([{ counts: { removed: 1 } }, { counts: { added: 3 } }]);
    const next = (await get())?.nextRunAt?.getTime() ?? 0;
    expect(next - Date.now()).toBeGreaterThan(59 * 60_000);
  });

  it('that is not a full one removes what it names alone', async () => {
    let step = 0;
    sync = async function* ({ cursor }) {
      step += 1;
      if (cursor === null) yield* [item('a'), item('b')];
      else yield { kind: 'delete', externalId: 'a' };
      yield { kind: 'cursor', cursor: step };
    };
    await create();
    start();
    await ended('succeeded');
    await again();
    expect(await ended('succeeded')).toMatchObject({ isFull: false, counts: { removed: 1, seen: 0 } });
    expect(await documentIds()).toEqual(['source:src_1:b']);
  });

  it('removes nothing when it breaks, is tried again, says why, and is given up', async () => {
    let isBroken = false;
    let tries = 0;
    sync = async function* () {
      yield item('a');
      if (isBroken) {
        tries += 1;
        throw new AppError('SOURCE_FAILED', 'It is out of order.');
      }
      yield item('b');
      yield { kind: 'full' };
    };
    await create();
    start({ retryDelaysMs: [20, 400] });
    await ended('succeeded');
    isBroken = true;
    await again();
    expect(await ended('waiting')).toMatchObject({ message: 'It is out of order.' });
    const failed = await ended('failed');
    expect([failed?.attempts, tries]).toEqual([2, 3]);
    expect(await documentIds()).toHaveLength(2);
    const { items: events } = await stores.events.list({ workspaceId: 'ws_1', limit: 50, type: 'source.failed' });
    expect(events).toMatchObject([{ data: { message: 'It is out of order.' } }]);
    expect((await get())?.nextRunAt).not.toBeNull();
  });

  it('is not tried again when somebody has to change something', async () => {
    sync = async function* () {
      yield* [];
      throw new AppError('SOURCE_REFUSED', 'The token is wrong.');
    };
    await create();
    start({ retryDelaysMs: [60_000] });
    expect(await ended('failed')).toMatchObject({ message: 'The token is wrong.', attempts: 0 });
  });

  it('waits as long as the source asks', async () => {
    sync = async function* () {
      yield* [];
      throw new AppError('RATE_LIMITED', 'Wait.', { retryAfter: 600 });
    };
    await create();
    start();
    await ended('waiting');
    expect(((await get())?.nextRunAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(590_000);
  });

  it('notes items that fail, keeps what is here of them, and goes on', async () => {
    let isBroken = false;
    sync = async function* () {
      for (const id of ['a', 'b', 'c']) {
        const fail = async function* (): AsyncGenerator<Uint8Array> {
          yield* [];
          throw new AppError('NOT_FOUND', 'It has gone.');
        };
        yield isBroken && id === 'b' ? item(id, 'new version', fail) : item(id);
      }
      yield { kind: 'failed', externalId: 'd', message: 'Not to be read.' };
      if (isBroken) yield { ...item('big'), size: 5000 } as SourceItem;
      if (isBroken) yield item('endless', 'x'.repeat(5000));
      yield item('x'.repeat(2001));
      yield item('');
      yield { kind: 'full' };
    };
    await create();
    start();
    await ended('succeeded');
    isBroken = true;
    await again();
    const run = await ended('succeeded');
    expect(run?.counts).toMatchObject({ unchanged: 2, failed: 6, removed: 0 });
    expect(run?.problems.map(({ message }) => message).join()).toMatch(
      /gone.*Not to be read.*larger.*larger.*too long/,
    );
    expect(await documentIds()).toHaveLength(3);
    expect(readdirSync(join(folder, 'blobs', 'staging'))).toEqual([]);
  });

  it('breaks off when nothing can be read any more', async () => {
    let opened = 0;
    sync = async function* () {
      for (let i = 0; i < 50; i += 1) {
        yield item(`${i}`, `${i}`, async function* () {
          opened += 1;
          yield* [];
          throw new AppError('SOURCE_FAILED', 'No answer.');
        });
      }
      yield { kind: 'full' };
    };
    await create();
    start({ retryDelaysMs: [] });
    await ended('failed');
    expect(opened).toBe(5);
  });
});

describe('a sync run that opens several items at once', () => {
  it('does so, and no more than it may; a cursor waits for what was before it', async () => {
    let busy = 0;
    let most = 0;
    const cursors: number[] = [];
    sync = async function* () {
      for (let i = 0; i < 20; i += 1) {
        yield item(`${i}`, `${i}`, async function* () {
          busy += 1;
          most = Math.max(most, busy);
          await new Promise((resolve) => setTimeout(resolve, 20 - i));
          yield new TextEncoder().encode(`${i}`);
          busy -= 1;
        });
        if (i % 10 !== 9) continue;
        yield { kind: 'cursor', cursor: i };
        cursors.push((await documentIds()).length);
      }
      yield { kind: 'full' };
    };
    await create();
    start({ parallel: 4 });
    expect(await ended('succeeded')).toMatchObject({ counts: { seen: 20, added: 20 } });
    expect([most, cursors]).toEqual([4, [10, 20]]);
  });

  it('ends with the first that breaks everything, and leaves nothing behind', async () => {
    sync = async function* () {
      for (let i = 0; i < 20; i += 1) {
        yield item(`${i}`, `${i}`, async function* () {
          yield new TextEncoder().encode(`${i}`);
          if (i === 3) throw new AppError('RATE_LIMITED', 'Enough.', { retryAfter: 60 });
          await new Promise((resolve) => setTimeout(resolve, 20));
        });
      }
      yield { kind: 'full' };
    };
    await create();
    start({ parallel: 4 });
    expect(await ended('waiting')).toMatchObject({ message: 'Enough.', counts: { removed: 0 } });
    expect(readdirSync(join(folder, 'blobs', 'staging'))).toEqual([]);
  });
});

describe('a sync run that is cut', () => {
  it('goes on from its checkpoint after a stop, and reads nothing twice', async () => {
    const opened: string[] = [];
    let hangAt: string | null = '12';
    const begun: unknown[] = [];
    sync = async function* ({ cursor, signal }) {
      begun.push(cursor);
      for (let i = cursor === null ? 0 : Number(cursor); i < 20; i += 1) {
        const id = String(i);
        if (id === hangAt) await new Promise((resolve) => signal.addEventListener('abort', resolve));
        yield item(id, id, async function* () {
          opened.push(id);
          yield new TextEncoder().encode(id);
        });
        if (i % 5 === 4) yield { kind: 'cursor', cursor: i + 1 };
      }
      yield { kind: 'full' };
      yield { kind: 'cursor', cursor: null };
    };
    await create();
    await start().stop();
    start();
    await expect.poll(() => opened.length, { timeout: 5000 }).toBe(12);
    const first = (await lastRun())?.id;
    await runner?.stop();
    expect(await lastRun()).toMatchObject({ state: 'running' });
    hangAt = null;
    start();
    const run = await ended('succeeded');
    expect(run?.id).toBe(first);
    expect(begun.at(-1)).toBe(10);
    expect(opened).toEqual(Array.from({ length: 20 }, (_, i) => String(i)));
    expect(run?.counts).toMatchObject({ seen: 20, added: 20, unchanged: 0, removed: 0 });
  });

  it('leaves a source that hangs within a second, and says that it was cancelled', async () => {
    sync = async function* () {
      yield item('a');
      await new Promise(() => {});
    };
    await create();
    start();
    await expect.poll(async () => (await documentIds()).length).toBe(1);
    const before = performance.now();
    expect(await stores.sources.cancel('src_1', new Date())).toBe(true);
    runner?.abort('src_1');
    await expect.poll(async () => (await get())?.state).toBe('idle');
    expect(await lastRun()).toMatchObject({ state: 'cancelled' });
    await runner?.stop();
    expect(performance.now() - before).toBeLessThan(1000);
    expect(await stores.sources.cancel('src_1', new Date())).toBe(false);
  });

  it('writes nothing any more once the settings have changed', async () => {
    let release: () => void = () => {};
    let round = 0;
    sync = async function* () {
      round += 1;
      const mine = round;
      if (mine === 1) await new Promise<void>((resolve) => (release = resolve));
      yield item(mine === 1 ? 'old' : 'new');
      yield { kind: 'full' };
    };
    await create();
    start();
    await expect.poll(() => round).toBe(1);
    await stores.sources.update('src_1', { nextRunAt: new Date() }, true);
    release();
    await expect.poll(documentIds, { timeout: 5000 }).toEqual(['source:src_1:new']);
  });
});

it('most of everything goes only when two sync runs agree, or when somebody wants everything anew', async () => {
  let count = 50;
  sync = async function* () {
    for (let i = 0; i < count; i += 1) yield item(`${i}`);
    yield { kind: 'full' };
  };
  await create();
  start();
  await ended('succeeded');
  count = 3;
  await again();
  expect(await ended('succeeded')).toMatchObject({
    counts: { removed: 0 },
    message: expect.stringContaining('47 items'),
  });
  count = 50;
  await again();
  expect(await ended('succeeded')).toMatchObject({ counts: { removed: 0, unchanged: 50 }, message: null });
  count = 3;
  await again();
  await ended('succeeded');
  await again();
  expect(await ended('succeeded')).toMatchObject({ counts: { removed: 47 }, message: null });
  count = 50;
  await again();
  await ended('succeeded');
  count = 1;
  await again(true);
  expect(await ended('succeeded')).toMatchObject({ counts: { removed: 49 } });
});

it('a deleted workspace takes nothing any more', async () => {
  let release: () => void = () => {};
  let isDone = false;
  sync = async function* () {
    yield item('before');
    await new Promise<void>((resolve) => (release = resolve));
    yield item('after');
    isDone = true;
  };
  await create();
  start();
  await expect.poll(documentIds).toEqual(['source:src_1:before']);
  await stores.workspaces.remove('ws_1');
  release();
  await runner?.stop();
  expect(isDone).toBe(false);
  expect((connection.raw.prepare('select count(*) n from documents').get() as { n: number }).n).toBe(1);
});

it('an item is a document whose name, address and metadata can do no harm', async () => {
  const hostile = { title: '  ', filename: '../../etc/passwd', url: 'javascript:alert(1)' };
  const metadata = {
    ok: 1,
    empty: '',
    none: null,
    nan: Number.NaN,
    long: 'x'.repeat(9000),
    ['k'.repeat(300)]: 'v',
    source: 'not me',
  };
  sync = async function* () {
    yield { ...item('long/'.repeat(300), 'text'), ...hostile, metadata } as SourceItem;
    yield { ...item('web'), url: 'https://example.com/a b' } as SourceItem;
  };
  await create();
  start();
  await ended('succeeded');
  const { items } = await stores.documents.list({ workspaceId: 'ws_1', limit: 9 });
  expect(items[0]).toMatchObject({ filename: 'passwd', title: 'passwd', sourceUrl: null, source: 'upload' });
  expect(items[0]?.externalId?.length).toBeLessThanOrEqual(500);
  expect(items[0]?.metadata).toEqual({
    ok: 1,
    long: 'x'.repeat(2000),
    ['k'.repeat(100)]: 'v',
    source: 'Test',
    connector: 'test',
  });
  expect(items[1]).toMatchObject({ sourceUrl: 'https://example.com/a%20b', source: 'url' });
});

it('sources are synced side by side, each by one sync run at a time', async () => {
  let busy = 0;
  let most = 0;
  sync = async function* () {
    busy += 1;
    most = Math.max(most, busy);
    await new Promise((resolve) => setTimeout(resolve, 30));
    yield { kind: 'full' };
    busy -= 1;
  };
  for (let i = 1; i <= 5; i += 1) await create(`src_${i}`);
  start({ concurrency: 2 });
  for (let i = 1; i <= 5; i += 1) await ended('succeeded', `src_${i}`);
  expect(most).toBe(2);
});

it('deleted sources leave with their documents, or without them', async () => {
  sync = async function* ({ cursor }) {
    if (cursor === null) for (let i = 0; i < 130; i += 1) yield item(`${i}`);
    yield { kind: 'cursor', cursor: 1 };
  };
  await create('src_1');
  await create('src_2');
  start();
  await ended('succeeded', 'src_1');
  await ended('succeeded', 'src_2');
  await stores.sources.remove('src_1', false, new Date());
  await stores.sources.remove('src_2', true, new Date());
  runner?.wake();
  expect(await get('src_1')).toBeNull();
  const rows = () => (connection.raw.prepare('select count(*) n from source_items').get() as { n: number }).n;
  await expect.poll(rows, { timeout: 5000 }).toBe(0);
  const { items } = await stores.documents.list({ workspaceId: 'ws_1', limit: 200 });
  expect(items.length).toBe(130);
  expect(items.every(({ externalId }) => externalId?.startsWith('source:src_2:'))).toBe(true);
});

it('a source that was at work three times when the thread stopped answering is disabled', async () => {
  await create();
  const states = [];
  for (const round of [1, 2, 3]) {
    await stores.sources.beginRun('src_1', `run_${round}`, AT);
    expect(await stores.sources.endStalled(AT)).toBe(1);
    const source = await stores.sources.get('src_1');
    states.push([source?.enabled, source?.lastRun?.state, source?.lastRun?.message?.includes('disabled')]);
  }
  expect(states).toEqual([
    [true, 'failed', false],
    [true, 'failed', false],
    [false, 'failed', true],
  ]);
  await stores.sources.update('src_1', { enabled: true, nextRunAt: AT }, false);
  expect(await stores.sources.due(AT, 1)).toEqual([{ id: 'src_1', isSuspect: false }]);
});
