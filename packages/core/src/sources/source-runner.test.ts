import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '@lorebox/contract/errors';
import type { SourceItem } from '@lorebox/ports/connector';
import type { StoredSource } from '@lorebox/ports/source-stores';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { type Sync, textItem } from '@lorebox/testkit/test-core/test-connector';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SourceRunner } from './source-runner.ts';

const MINUTE_MS = 60_000;
let test: TestCore;
let workspaceId: string;
let runners: SourceRunner[] = [];

beforeEach(async () => {
  test = await createTestCore({ maxItemBytes: 1000 });
  ({ id: workspaceId } = await test.addWorkspace());
});
afterEach(async () => {
  for (const runner of runners) await runner.stop();
  runners = [];
  await test.close();
});

const setSync = (sync: Sync) => (test.connector.sync = sync);

/** Starts a runner in the background. */
function start(): SourceRunner {
  const runner = test.createSourceRunner();
  runners.push(runner);
  runner.start();
  return runner;
}

async function create(id = 'src_1', change: Partial<StoredSource> = {}): Promise<void> {
  const at = test.clock.date;
  const details = { workspaceId, connector: 'test', name: 'Test', config: {}, secrets: null, secretNames: [] };
  const schedule = { everyMinutes: 60, requestsPerSecond: null, enabled: true, nextRunAt: at };
  await test.stores.sources.create({ id, ...details, ...schedule, createdAt: at, updatedAt: at, ...change });
}

function item(externalId: string, text = externalId, open?: () => AsyncIterable<Uint8Array>): SourceItem {
  const listed = textItem(externalId, text);
  return { ...listed, open: open ?? listed.open };
}

const run = () => test.sourceRunner.runDue();
async function runAgain(full = false): Promise<void> {
  await test.stores.sources.queue('src_1', test.clock.date, full);
  await run();
}
const get = (id = 'src_1') => test.stores.sources.get(id);
const lastRun = async (id = 'src_1') => (await get(id))?.lastRun;
const listDocuments = async () => (await test.stores.documents.list({ workspaceId, limit: 200 })).items;
const documentIds = async () => (await listDocuments()).map(({ externalId }) => externalId).sort();
const countRows = (table: string) =>
  (test.connection.raw.prepare(`select count(*) count from ${table}`).get() as { count: number }).count;
async function stagedFiles(): Promise<string[]> {
  const probe = await test.stageFile('probe', '');
  await test.blobs.discard(probe);
  return readdirSync(dirname(probe.path));
}

describe('a sync run', () => {
  it('adds, changes, keeps and removes documents, counts them, and records an event', async () => {
    let opened = 0;
    const counted = (id: string, text = id) => {
      return item(id, text, async function* () {
        opened += 1;
        yield new TextEncoder().encode(text);
      });
    };
    let items = [counted('a'), counted('b'), counted('c')];
    setSync(async function* () {
      yield* items;
      yield { kind: 'full' };
      yield { kind: 'cursor', cursor: { at: 1 } };
    });
    await create();
    await run();
    const first = { seen: 3, added: 3, removed: 0 };
    expect(await lastRun()).toMatchObject({ state: 'succeeded', isFull: true, counts: first });
    expect(await documentIds()).toEqual(['source:src_1:a', 'source:src_1:b', 'source:src_1:c']);
    items = [counted('a'), counted('b', 'another text'), counted('d')];
    await runAgain();
    const second = { seen: 3, added: 1, changed: 1, unchanged: 1, removed: 1, failed: 0 };
    expect(await lastRun()).toMatchObject({ state: 'succeeded', counts: second });
    expect(opened).toBe(5);
    expect(await documentIds()).toEqual(['source:src_1:a', 'source:src_1:b', 'source:src_1:d']);
    const source = await get();
    expect(source?.items).toBe(3);
    expect(source?.nextRunAt).toEqual(new Date(test.clock.now() + 60 * MINUTE_MS));
    const { items: events } = await test.stores.events.list({ workspaceId, limit: 50, type: 'source.synced' });
    expect(events.map(({ data }) => 'counts' in data && data.counts.added)).toEqual(expect.arrayContaining([1, 3]));
  });

  it('removes only what the source names as deleted if it is not full', async () => {
    let round = 0;
    setSync(async function* ({ cursor }) {
      round += 1;
      if (cursor === null) yield* [item('a'), item('b')];
      else yield { kind: 'delete', externalId: 'a' };
      yield { kind: 'cursor', cursor: round };
    });
    await create();
    await run();
    await runAgain();
    expect(await lastRun()).toMatchObject({ state: 'succeeded', isFull: false, counts: { removed: 1, seen: 0 } });
    expect(await documentIds()).toEqual(['source:src_1:b']);
  });

  it('removes nothing when it fails, retries, reports why, and fails after the last retry', async () => {
    let isBroken = false;
    let attempts = 0;
    setSync(async function* () {
      yield item('a');
      if (isBroken) {
        attempts += 1;
        throw new AppError('SOURCE_FAILED', 'It is out of order.');
      }
      yield item('b');
      yield { kind: 'full' };
    });
    await create();
    await run();
    isBroken = true;
    await runAgain();
    expect(await lastRun()).toMatchObject({ state: 'waiting', message: 'It is out of order.' });
    test.clock.advance(999);
    await run();
    expect(attempts).toBe(1);
    test.clock.advance(1);
    await run();
    expect(await lastRun()).toMatchObject({ state: 'waiting', attempts: 2 });
    test.clock.advance(MINUTE_MS);
    await run();
    expect(await lastRun()).toMatchObject({ state: 'failed', attempts: 2 });
    expect(attempts).toBe(3);
    expect(await documentIds()).toHaveLength(2);
    const { items: events } = await test.stores.events.list({ workspaceId, limit: 50, type: 'source.failed' });
    expect(events).toMatchObject([{ data: { message: 'It is out of order.' } }]);
    expect((await get())?.nextRunAt).toEqual(new Date(test.clock.now() + 60 * MINUTE_MS));
  });

  it('is not retried if someone has to change something', async () => {
    setSync(async function* () {
      yield* [];
      throw new AppError('SOURCE_REFUSED', 'The token is wrong.');
    });
    await create();
    await run();
    expect(await lastRun()).toMatchObject({ state: 'failed', message: 'The token is wrong.', attempts: 0 });
  });

  it('waits as long as the source asks', async () => {
    setSync(async function* () {
      yield* [];
      throw new AppError('RATE_LIMITED', 'Wait.', { retryAfter: 600 });
    });
    await create();
    await run();
    expect(await get()).toMatchObject({ state: 'waiting', nextRunAt: new Date(test.clock.now() + 600_000) });
  });

  it('reports items that fail, keeps their documents, and continues', async () => {
    let isBroken = false;
    setSync(async function* () {
      for (const id of ['a', 'b', 'c']) {
        const fail = async function* (): AsyncGenerator<Uint8Array> {
          yield* [];
          throw new AppError('NOT_FOUND', 'It has gone.');
        };
        yield isBroken && id === 'b' ? item(id, 'new version', fail) : item(id);
      }
      yield { kind: 'failed', externalId: 'd', message: 'Cannot be read.' };
      if (isBroken) yield { ...textItem('big'), size: 5000 };
      if (isBroken) yield item('endless', 'x'.repeat(5000));
      yield item('x'.repeat(2001));
      yield item('');
      yield { kind: 'full' };
    });
    await create();
    await run();
    isBroken = true;
    await runAgain();
    const last = await lastRun();
    expect(last).toMatchObject({ state: 'succeeded', counts: { unchanged: 2, failed: 6, removed: 0 } });
    expect(last?.problems.map(({ message }) => message).join()).toMatch(
      /gone.*Cannot be read.*larger.*larger.*too long/,
    );
    expect(await documentIds()).toHaveLength(3);
    expect(await stagedFiles()).toEqual([]);
  });

  it('stops after five items in a row that cannot be read', async () => {
    let opened = 0;
    setSync(async function* () {
      for (let i = 0; i < 50; i += 1) {
        yield item(`${i}`, `${i}`, async function* () {
          opened += 1;
          yield* [];
          throw new AppError('SOURCE_FAILED', 'No answer.');
        });
      }
      yield { kind: 'full' };
    });
    await create();
    await run();
    expect(await lastRun()).toMatchObject({ state: 'waiting', message: 'No answer.' });
    expect(opened).toBe(5);
  });
});

describe('a sync run of a connector that opens items in parallel', () => {
  it('opens no more than it may, and finishes them before a cursor', async () => {
    let open = 0;
    let maxOpen = 0;
    const cursors: number[] = [];
    test.connector.parallel = 4;
    setSync(async function* () {
      for (let i = 0; i < 20; i += 1) {
        yield item(`${i}`, `${i}`, async function* () {
          open += 1;
          maxOpen = Math.max(maxOpen, open);
          for (let turn = i; turn < 20; turn += 1) await nextTurn();
          yield new TextEncoder().encode(`${i}`);
          open -= 1;
        });
        if (i % 10 !== 9) continue;
        yield { kind: 'cursor', cursor: i };
        cursors.push((await documentIds()).length);
      }
      yield { kind: 'full' };
    });
    await create();
    await run();
    expect(await lastRun()).toMatchObject({ state: 'succeeded', counts: { seen: 20, added: 20 } });
    expect([maxOpen, cursors]).toEqual([4, [10, 20]]);
  });

  it('ends with the first error that concerns all items, and leaves no staged file', async () => {
    test.connector.parallel = 4;
    setSync(async function* () {
      for (let i = 0; i < 20; i += 1) {
        yield item(`${i}`, `${i}`, async function* () {
          yield new TextEncoder().encode(`${i}`);
          if (i === 3) throw new AppError('RATE_LIMITED', 'Enough.', { retryAfter: 60 });
          await nextTurn();
        });
      }
      yield { kind: 'full' };
    });
    await create();
    await run();
    expect(await lastRun()).toMatchObject({ state: 'waiting', message: 'Enough.', counts: { removed: 0 } });
    expect(await stagedFiles()).toEqual([]);
  });
});

describe('a sync run that is interrupted', () => {
  it('continues from its checkpoint after a restart, and reads nothing twice', async () => {
    const opened: string[] = [];
    let hangAt: string | null = '12';
    const cursors: unknown[] = [];
    setSync(async function* ({ cursor, signal }) {
      cursors.push(cursor);
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
    });
    await create();
    await start().stop();
    const interrupted = start();
    await expect.poll(() => opened.length, { interval: 1 }).toBe(12);
    const first = (await lastRun())?.id;
    await interrupted.stop();
    expect(await lastRun()).toMatchObject({ state: 'running' });
    hangAt = null;
    await run();
    const counts = { seen: 20, added: 20, unchanged: 0, removed: 0 };
    expect(await lastRun()).toMatchObject({ id: first, state: 'succeeded', counts });
    expect(cursors.at(-1)).toBe(10);
    expect(opened).toEqual(Array.from({ length: 20 }, (_, i) => String(i)));
  });

  it('leaves a source that hangs, and is reported as cancelled', async () => {
    setSync(async function* () {
      yield item('a');
      await new Promise(() => {});
    });
    await create();
    const runner = start();
    await expect.poll(documentIds, { interval: 1 }).toHaveLength(1);
    expect(await test.stores.sources.cancel('src_1', test.clock.date)).toBe(true);
    runner.abort('src_1');
    expect(await lastRun()).toMatchObject({ state: 'cancelled' });
    await runner.stop();
    expect(await test.stores.sources.cancel('src_1', test.clock.date)).toBe(false);
  });

  it('writes nothing after the settings of its source have changed', async () => {
    let release: () => void = () => {};
    let round = 0;
    setSync(async function* () {
      round += 1;
      const isFirst = round === 1;
      if (isFirst) await new Promise<void>((resolve) => (release = resolve));
      yield item(isFirst ? 'old' : 'new');
      yield { kind: 'full' };
    });
    await create();
    start();
    await expect.poll(() => round, { interval: 1 }).toBe(1);
    await test.stores.sources.update('src_1', { nextRunAt: test.clock.date }, true);
    release();
    await expect.poll(documentIds, { interval: 1 }).toEqual(['source:src_1:new']);
  });
});

it('most documents are removed only when two sync runs agree, or with a full sync', async () => {
  let count = 50;
  setSync(async function* () {
    for (let i = 0; i < count; i += 1) yield item(`${i}`);
    yield { kind: 'full' };
  });
  await create();
  await run();
  count = 3;
  await runAgain();
  const warning = expect.stringContaining('47 items');
  expect(await lastRun()).toMatchObject({ state: 'succeeded', counts: { removed: 0 }, message: warning });
  count = 50;
  await runAgain();
  expect(await lastRun()).toMatchObject({ counts: { removed: 0, unchanged: 50 }, message: null });
  count = 3;
  await runAgain();
  await runAgain();
  expect(await lastRun()).toMatchObject({ counts: { removed: 47 }, message: null });
  count = 50;
  await runAgain();
  count = 1;
  await runAgain(true);
  expect(await lastRun()).toMatchObject({ counts: { removed: 49 } });
});

it('a deleted workspace accepts nothing more', async () => {
  let release: () => void = () => {};
  let isDone = false;
  setSync(async function* () {
    yield item('before');
    await new Promise<void>((resolve) => (release = resolve));
    yield item('after');
    isDone = true;
  });
  await create();
  const runner = start();
  await expect.poll(documentIds, { interval: 1 }).toEqual(['source:src_1:before']);
  await test.stores.workspaces.remove(workspaceId);
  release();
  await runner.stop();
  expect(isDone).toBe(false);
  expect(countRows('documents')).toBe(1);
});

it('names, addresses and metadata of an item are sanitized', async () => {
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
  setSync(async function* () {
    yield { ...textItem('long/'.repeat(300), 'text'), ...hostile, metadata };
    yield { ...textItem('web'), url: 'https://example.com/a b' };
  });
  await create();
  await run();
  const documents = await listDocuments();
  const page = documents.find(({ source }) => source === 'url');
  const file = documents.find(({ source }) => source === 'upload');
  expect(file).toMatchObject({ filename: 'passwd', title: 'passwd', sourceUrl: null });
  expect(file?.externalId?.length).toBeLessThanOrEqual(500);
  expect(file?.metadata).toEqual({
    ok: 1,
    long: 'x'.repeat(2000),
    ['k'.repeat(100)]: 'v',
    source: 'Test',
    connector: 'test',
  });
  expect(page).toMatchObject({ sourceUrl: 'https://example.com/a%20b' });
});

it('as many sources as configured are synced concurrently', async () => {
  let open = 0;
  let maxOpen = 0;
  setSync(async function* () {
    open += 1;
    maxOpen = Math.max(maxOpen, open);
    for (let turn = 0; turn < 10; turn += 1) await nextTurn();
    yield { kind: 'full' };
    open -= 1;
  });
  for (let i = 1; i <= 5; i += 1) await create(`src_${i}`);
  await run();
  for (let i = 1; i <= 5; i += 1) expect(await lastRun(`src_${i}`)).toMatchObject({ state: 'succeeded' });
  expect(maxOpen).toBe(2);
});

it('deleting a source removes its documents, or keeps them', async () => {
  setSync(async function* ({ cursor }) {
    if (cursor === null) for (let i = 0; i < 130; i += 1) yield item(`${i}`);
    yield { kind: 'cursor', cursor: 1 };
  });
  await create('src_1');
  await create('src_2');
  await run();
  await test.stores.sources.remove('src_1', false, test.clock.date);
  await test.stores.sources.remove('src_2', true, test.clock.date);
  expect(await get('src_1')).toBeNull();
  await run();
  expect(countRows('source_items')).toBe(0);
  const kept = await documentIds();
  expect(kept).toHaveLength(130);
  expect(kept.every((externalId) => externalId?.startsWith('source:src_2:'))).toBe(true);
});

it('a source that was active three times when the thread stopped responding is disabled', async () => {
  await create();
  const states = [];
  for (const round of [1, 2, 3]) {
    await test.stores.sources.beginRun('src_1', `run_${round}`, test.clock.date);
    expect(await test.stores.sources.endStalled(test.clock.date)).toBe(1);
    const source = await get();
    states.push([source?.enabled, source?.lastRun?.state, source?.lastRun?.message?.includes('disabled')]);
  }
  expect(states).toEqual([
    [true, 'failed', false],
    [true, 'failed', false],
    [false, 'failed', true],
  ]);
  await test.stores.sources.update('src_1', { enabled: true, nextRunAt: test.clock.date }, false);
  expect(await test.stores.sources.due(test.clock.date, 1)).toEqual([{ id: 'src_1', isSuspect: false }]);
});
