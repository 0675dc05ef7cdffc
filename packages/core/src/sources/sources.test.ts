import { AppError } from '@lorebox/contract/errors';
import type { CreateSourceInput } from '@lorebox/contract/source';
import type { Workspace } from '@lorebox/contract/workspace';
import { createTestCore, type TestCore } from '@lorebox/testkit/test-core';
import { textItem } from '@lorebox/testkit/test-core/test-connector';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listDocuments } from '../documents/list-documents.ts';
import { cancelSourceRun } from './cancel-source-run.ts';
import { createSource } from './create-source.ts';
import { deleteSource } from './delete-source.ts';
import { getSource } from './get-source.ts';
import { listConnectors } from './list-connectors.ts';
import { listSourceRuns } from './list-source-runs.ts';
import { listSources } from './list-sources.ts';
import { runSource } from './run-source.ts';
import { updateSource } from './update-source.ts';

let test: TestCore;
let workspace: Workspace;

beforeEach(async () => {
  test = await createTestCore({ settings: { allowedConnectors: ['test', 'folder'] } });
  workspace = await test.addWorkspace();
});
afterEach(() => test.close());

function input(change: Partial<CreateSourceInput> = {}): CreateSourceInput {
  return {
    workspace: 'demo',
    connector: 'test',
    config: { url: 'https://example.com', token: 'secret' },
    everyMinutes: 60,
    requestsPerSecond: null,
    skipCheck: false,
    ...change,
  };
}

const create = (change: Partial<CreateSourceInput> = {}) => createSource(test.core, test.admin, input(change));

describe('every source call', () => {
  it('requires its scope and role, and hides sources of other workspaces', async () => {
    const { id } = await create();
    const key = test.keyActor(['documents:read']);
    const viewer = await test.addMember(workspace.id, 'viewer');
    const editor = await test.addMember(workspace.id, 'editor');
    const stranger = await test.addUser('stranger');
    const reads = (actor: typeof viewer | typeof key) => [
      () => getSource(test.core, actor, id),
      () => listSources(test.core, actor, { workspace: workspace.id, limit: 10 }),
      () => listSourceRuns(test.core, actor, { sourceId: id, limit: 10 }),
    ];
    const writes = (actor: typeof viewer | typeof key) => [
      () => createSource(test.core, actor, input()),
      () => updateSource(test.core, actor, { sourceId: id, skipCheck: false }),
      () => deleteSource(test.core, actor, { sourceId: id, keepDocuments: true }),
      () => runSource(test.core, actor, { sourceId: id, full: false }),
      () => cancelSourceRun(test.core, actor, id),
    ];
    for (const call of [...reads(key), ...writes(key), ...reads(viewer), ...writes(editor)]) {
      await expect(call()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    for (const call of [...reads(stranger), ...writes(stranger)]) {
      await expect(call()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    for (const call of reads(editor)) await call();
    await expect(listConnectors(test.core, key)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

it('listConnectors describes settings, secrets and addresses', async () => {
  const connectors = await listConnectors(test.core, test.admin);
  expect(connectors).toMatchObject([
    { id: 'test', reads: 'network', secrets: ['token'], addresses: ['url'], requestsPerSecond: 1000 },
    { id: 'folder', reads: 'folder' },
  ]);
});

describe('createSource', () => {
  it('stores secrets separately and sealed, and is recorded', async () => {
    const source = await create({ name: 'Wiki' });
    expect(source).toMatchObject({ name: 'Wiki', config: { url: 'https://example.com' }, secrets: { token: true } });
    expect((await test.stores.sources.stored(source.id))?.secrets).toBe('sealed {"token":"secret"}');
    const details = { connector: 'test', name: 'Wiki' };
    expect(await test.lastAudit()).toMatchObject({ action: 'source.created', target: `source:${source.id}`, details });
  });

  it('starts the first sync run immediately', async () => {
    test.connector.sync = async function* ({ config }) {
      yield textItem('a', `Token ${config.token}`);
      yield { kind: 'full' };
    };
    const { id } = await create();
    await test.runSources();
    expect(await getSource(test.core, test.admin, id)).toMatchObject({ items: 1, lastRun: { state: 'succeeded' } });
    const { items } = await listDocuments(test.core, test.admin, { workspace: 'demo', limit: 10 });
    expect(items).toMatchObject([{ status: 'ready', externalId: `source:${id}:a` }]);
    const runs = await listSourceRuns(test.core, test.admin, { sourceId: id, limit: 10 });
    expect(runs.items).toMatchObject([{ state: 'succeeded', counts: { added: 1 } }]);
  });

  it('checks the access first, unless skipCheck is set', async () => {
    test.connector.check = async () => {
      throw new AppError('SOURCE_FAILED', 'There is no such host.');
    };
    await expect(create()).rejects.toMatchObject({ code: 'SOURCE_REFUSED', message: 'There is no such host.' });
    await create({ skipCheck: true });
  });

  it('rejects unknown connectors, connectors that are not allowed, and invalid settings', async () => {
    await expect(create({ connector: 'unknown' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const invalid = { config: { depth: 'deep' } };
    await expect(create(invalid)).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('config.depth'),
    });
    test.core.settingDefaults.allowedConnectors = [];
    await expect(create()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('lets only admins read folders of the server', async () => {
    const owner = await test.addMember(workspace.id, 'owner');
    const folder = input({ connector: 'folder' });
    await expect(createSource(test.core, owner, folder)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await createSource(test.core, test.admin, folder)).toMatchObject({ connector: 'folder' });
    expect(await createSource(test.core, owner, input())).toMatchObject({ connector: 'test' });
  });
});

describe('updateSource', () => {
  it('changes the schedule from now on', async () => {
    const { id } = await create();
    await test.runSources();
    test.clock.advance(60_000);
    const updated = await updateSource(test.core, test.admin, { sourceId: id, everyMinutes: 5, skipCheck: false });
    expect(updated.nextRunAt).toEqual(new Date(test.clock.now() + 5 * 60_000));
    expect(await test.lastAudit()).toMatchObject({ action: 'source.updated', details: { changed: 'everyMinutes' } });
  });

  it('schedules nothing while it is disabled', async () => {
    const { id } = await create();
    const change = { sourceId: id, enabled: false, skipCheck: false };
    expect(await updateSource(test.core, test.admin, change)).toMatchObject({ enabled: false, nextRunAt: null });
    const enabled = await updateSource(test.core, test.admin, { ...change, enabled: true });
    expect(enabled).toMatchObject({ enabled: true, nextRunAt: test.clock.date });
  });

  it('keeps secrets that are not sent, and lists everything again with new settings', async () => {
    const cursors: unknown[] = [];
    test.connector.sync = async function* ({ cursor, config }) {
      cursors.push([cursor, config.token, config.depth]);
      yield { kind: 'cursor', cursor: 1 };
    };
    const { id } = await create();
    await test.runSources();
    await updateSource(test.core, test.admin, { sourceId: id, config: { depth: 2 }, skipCheck: false });
    await test.runSources();
    expect(cursors).toEqual([
      [null, 'secret', undefined],
      [null, 'secret', 2],
    ]);
    expect(await test.lastAudit()).toMatchObject({ details: { changed: 'config.depth' } });
  });

  it('requires the secrets again with a new address', async () => {
    const { id } = await create();
    const moved = { sourceId: id, config: { url: 'https://evil.example' }, skipCheck: false };
    await expect(updateSource(test.core, test.admin, moved)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const complete = { ...moved, config: { ...moved.config, token: 'new' } };
    expect(await updateSource(test.core, test.admin, complete)).toMatchObject({ config: moved.config });
    const without = { ...moved, config: { url: 'https://other.example', token: null } };
    expect(await updateSource(test.core, test.admin, without)).toMatchObject({ secrets: {} });
  });
});

describe('runSource', () => {
  it('queues a sync run', async () => {
    const { id } = await create({ everyMinutes: null });
    await test.runSources();
    await runSource(test.core, test.admin, { sourceId: id, full: true });
    await test.runSources();
    const { items } = await listSourceRuns(test.core, test.admin, { sourceId: id, limit: 10 });
    expect(items).toMatchObject([{ state: 'succeeded' }, { state: 'succeeded' }]);
  });

  it('rejects a connector that is no longer allowed', async () => {
    const { id } = await create();
    test.core.settingDefaults.allowedConnectors = [];
    const run = runSource(test.core, test.admin, { sourceId: id, full: false });
    await expect(run).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

it('cancelSourceRun ends a queued sync run, once', async () => {
  const { id } = await create();
  await cancelSourceRun(test.core, test.admin, id);
  await test.runSources();
  expect(await getSource(test.core, test.admin, id)).toMatchObject({ lastRun: null });
  await expect(cancelSourceRun(test.core, test.admin, id)).rejects.toMatchObject({ code: 'CONFLICT' });
});

it('deleteSource removes the source and its documents, and is recorded', async () => {
  test.connector.sync = async function* () {
    yield textItem('a');
    yield { kind: 'full' };
  };
  const { id } = await create();
  await test.runSources();
  await deleteSource(test.core, test.admin, { sourceId: id, keepDocuments: false });
  await expect(getSource(test.core, test.admin, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await test.lastAudit()).toMatchObject({ action: 'source.deleted', target: `source:${id}` });
  await test.runSources();
  expect((await listDocuments(test.core, test.admin, { workspace: 'demo', limit: 10 })).items).toEqual([]);
});
