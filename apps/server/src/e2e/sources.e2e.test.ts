import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lorebox } from '@lorebox/sdk';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { startFakeGitHost } from '@lorebox/testkit/sources/fake-git-host';
import { startFakePaperless } from '@lorebox/testkit/sources/fake-paperless';
import { S3_KEY, startFakeS3 } from '@lorebox/testkit/sources/fake-s3';
import { type FakeWebsite, startFakeWebsite } from '@lorebox/testkit/sources/fake-website';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let root: string;
let site: FakeWebsite;
let server: LoreboxProcess;
let lorebox: Lorebox;
const env = () => ({
  LOREBOX_FETCH_ALLOW: '127.0.0.1:*',
  LOREBOX_SOURCE_FOLDERS: root,
  LOREBOX_SOURCE_RETRY_SECONDS: '1',
});

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'lorebox-folders-'));
  site = await startFakeWebsite();
  server = await startLorebox({ env: env() });
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  await lorebox.workspaces.create({ name: 'demo' });
});
afterAll(async () => {
  await server.dispose();
  await site.close();
  rmSync(root, { recursive: true, force: true });
});

function makeFolder(name: string, files: Record<string, string>): string {
  const path = join(root, name);
  mkdirSync(join(path, 'deep'), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
  return path;
}

const filenames = async (workspace: string) =>
  (await lorebox.documents.list(workspace).toArray(200)).map(({ filename }) => filename).sort();

async function rest(method: string, path: string, body?: unknown) {
  const headers = { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' };
  const response = await fetch(`${server.url}/v1${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  // biome-ignore lint/suspicious/noExplicitAny: responses have several shapes
  return { status: response.status, data: (text === '' ? null : JSON.parse(text)) as any };
}

describe('a folder', () => {
  it('is synced and searchable, applies changes and deletions at once, and detects formats by content', async () => {
    await lorebox.workspaces.create({ name: 'papers' });
    const path = makeFolder('papers', {
      'lighthouse.md': 'The lighthouse is 31 meters tall.',
      'deep/ferry.txt': 'The ferry leaves at nine.',
      table: 'name,price\nrope,12\n',
    });
    const { id, nextRunAt } = await lorebox.sources.create('papers', {
      connector: 'folder',
      config: { path },
      everyMinutes: 30,
    });
    expect(nextRunAt).not.toBeNull();
    const first = await lorebox.sources.waitUntilSynced(id);
    expect(first).toMatchObject({ items: 3, lastRun: { state: 'succeeded', isFull: true, counts: { added: 3 } } });
    expect((first.nextRunAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(29 * 60_000);
    await lorebox.documents.waitUntilIdle('papers');
    const { hits } = await lorebox.search({ workspace: 'papers', query: 'when does the ferry leave' });
    expect(hits[0]?.text).toContain('nine');
    const [document] = await lorebox.documents.list('papers', { externalId: `source:${id}:deep/ferry.txt` }).toArray(1);
    expect(document).toMatchObject({ metadata: { path: 'deep/ferry.txt', source: 'Folder', connector: 'folder' } });

    // No sync is requested: the folder is watched.
    await new Promise((resolve) => setTimeout(resolve, 6000));
    writeFileSync(join(path, 'deep', 'ferry.txt'), 'The ferry leaves at half past ten.');
    rmSync(join(path, 'lighthouse.md'));
    await expect.poll(() => filenames('papers'), { timeout: 20_000 }).toEqual(['ferry.txt', 'table']);
    await lorebox.documents.waitUntilIdle('papers');
    const again = await lorebox.search({ workspace: 'papers', query: 'ferry' });
    expect(again.hits.map(({ text }) => text).join()).toMatch(/half past ten/);
    expect(again.hits.map(({ text }) => text).join()).not.toMatch(/lighthouse|nine/);
  });

  it('outside the allowed folders is rejected like a missing one, and so are links that lead outside', async () => {
    const path = makeFolder('inside', { 'a.md': 'a' });
    symlinkSync('/etc', join(root, 'link'));
    const errors = new Set<string>();
    for (const outside of ['/etc', join(root, 'link'), join(path, '..', '..'), '/nowhere/at/all']) {
      const error = await lorebox.sources
        .create('demo', { connector: 'folder', config: { path: outside } })
        .catch((thrown) => thrown);
      expect(error).toMatchObject({ code: 'SOURCE_REFUSED' });
      errors.add(error.message.replace(outside, ''));
    }
    expect(errors.size).toBe(1);
    await expect(
      lorebox.sources.create('demo', { connector: 'folder', config: { path: 'inside' } }),
    ).rejects.toMatchObject({
      message: expect.stringContaining('absolute path'),
    });
    const bare = await startLorebox();
    try {
      const other = new Lorebox({ baseUrl: bare.url, apiKey: bare.apiKey });
      await other.workspaces.create({ name: 'demo' });
      await expect(other.sources.create('demo', { connector: 'folder', config: { path } })).rejects.toMatchObject({
        message: expect.stringContaining('LOREBOX_SOURCE_FOLDERS'),
      });
    } finally {
      await bare.dispose();
    }
  });
});

describe('a website', () => {
  it('syncs pages, changes and deletions over REST, and is deleted with or without its documents', async () => {
    site.pages.set('/tides', '<title>Tides</title><p>The tide turns twice a day.</p>');
    site.pages.set('/knots', '<title>Knots</title><p>A bowline does not slip.</p>');
    await lorebox.workspaces.create({ name: 'web' });
    const input = { connector: 'website', name: 'Our site', config: { urls: [site.url] }, requestsPerSecond: 200 };
    const created = await rest('POST', '/workspaces/web/sources', input);
    expect([created.status, created.data.name]).toEqual([201, 'Our site']);
    const { id } = created.data;
    await lorebox.sources.waitUntilSynced(id);
    await lorebox.documents.waitUntilIdle('web');
    expect(
      (await lorebox.documents.list('web').toArray(9)).map(({ title, sourceUrl }) => [title, sourceUrl]).sort(),
    ).toEqual([
      ['Knots', `${site.url}/knots`],
      ['Tides', `${site.url}/tides`],
    ]);
    site.pages.delete('/knots');
    site.pages.set('/tides', '<title>Tides</title><p>The tide turns at noon.</p>');
    expect((await rest('POST', `/sources/${id}/run`, {})).status).toBe(202);
    await lorebox.sources.waitUntilSynced(id);
    const runs = await rest('GET', `/sources/${id}/runs?limit=1`);
    expect(runs.data.items[0].counts).toMatchObject({ changed: 1, removed: 1 });
    const events = await rest('GET', '/events?type=source.synced&workspace=web');
    expect(events.data.items[0].data).toMatchObject({ sourceId: id, counts: { removed: 1 } });
    expect((await rest('GET', '/workspaces/web/sources')).data.items).toHaveLength(1);

    expect((await rest('DELETE', `/sources/${id}?keepDocuments=true`)).status).toBe(204);
    expect((await rest('GET', `/sources/${id}`)).status).toBe(404);
    expect(await filenames('web')).toHaveLength(1);
    const again = await rest('POST', '/workspaces/web/sources', input);
    await lorebox.sources.waitUntilSynced(again.data.id);
    expect(await filenames('web')).toHaveLength(2);
    await rest('DELETE', `/sources/${again.data.id}?keepDocuments=false`);
    await expect.poll(() => filenames('web')).toHaveLength(1);
    expect((await rest('DELETE', `/sources/${id}`)).status).toBe(400);
  });

  it('on a private address is rejected, by IP and by name, for every protocol', async () => {
    for (const url of [
      'http://169.254.169.254/latest',
      'http://[::ffff:10.0.0.1]/',
      'http://0x7f000002/',
      'http://localhost:1/',
    ]) {
      await expect(
        lorebox.sources.create('demo', { connector: 'website', config: { urls: [url] } }),
      ).rejects.toMatchObject({
        code: 'URL_REFUSED',
      });
    }
    await expect(
      lorebox.sources.create('demo', { connector: 'imap', config: { host: '10.0.0.1', username: 'a', password: 'b' } }),
    ).rejects.toMatchObject({ code: 'URL_REFUSED' });
    const { id } = await lorebox.sources.create('demo', {
      connector: 'rss',
      config: { url: 'http://10.0.0.1/feed' },
      skipCheck: true,
    });
    const synced = await lorebox.sources.waitUntilSynced(id);
    expect(synced.lastRun).toMatchObject({ state: 'failed', message: expect.stringContaining('LOREBOX_FETCH_ALLOW') });
  });

  it('that requires JavaScript fails with a message that a browser is needed', async () => {
    await expect(
      lorebox.sources.create('demo', { connector: 'website', config: { urls: [site.url], javascript: true } }),
    ).rejects.toMatchObject({ code: 'SOURCE_REFUSED', message: expect.stringContaining('LOREBOX_CHROMIUM') });
  });
});

describe('a sync run', () => {
  it('survives kill -9: it resumes from its checkpoint, reads nothing twice and loses nothing', async () => {
    const bucket = await startFakeS3();
    for (let i = 10; i < 45; i += 1) bucket.objects.set(`${i}.md`, `The number of this note is ${i}.`);
    const killed = await startLorebox({ env: env() });
    try {
      const first = new Lorebox({ baseUrl: killed.url, apiKey: killed.apiKey });
      await first.workspaces.create({ name: 'demo' });
      const { id } = await first.sources.create('demo', {
        connector: 's3',
        config: { bucket: 'papers', endpoint: bucket.url, ...S3_KEY },
        requestsPerSecond: 20,
      });
      await expect.poll(async () => (await first.sources.get(id)).items, { timeout: 15_000 }).toBeGreaterThan(14);
      const before = await first.sources.get(id);
      await killed.kill();
      const reads = () => bucket.requests.filter(({ url }) => url.pathname.endsWith('.md')).length;
      const readBefore = reads();
      const again = await startLorebox({ dataDir: killed.dataDir, env: env() });
      try {
        const second = new Lorebox({ baseUrl: again.url, apiKey: again.apiKey });
        const after = await second.sources.waitUntilSynced(id);
        expect(after).toMatchObject({ items: 35, lastRun: { id: before.lastRun?.id, state: 'succeeded' } });
        expect(after.lastRun?.counts).toMatchObject({ seen: 35, added: 35, removed: 0, failed: 0 });
        expect(readBefore).toBeLessThan(30);
        // At most the items that were in flight.
        expect(reads()).toBeLessThanOrEqual(35 + 8);
        await second.documents.waitUntilIdle('demo');
        expect(await second.documents.list('demo').toArray(100)).toHaveLength(35);
      } finally {
        await again.stop();
      }
    } finally {
      await killed.dispose();
      await bucket.close();
    }
  });

  it('is cancelled within a second, can be disabled, and restarts when settings change', async () => {
    await lorebox.workspaces.create({ name: 'slow' });
    for (let i = 0; i < 20; i += 1) site.pages.set(`/slow-${i}`, `<p>Slow page ${i}.</p>`);
    const config = { urls: [site.url], include: ['/slow-*'] };
    const { id } = await lorebox.sources.create('slow', { connector: 'website', config, requestsPerSecond: 2 });
    await expect.poll(async () => (await lorebox.sources.get(id)).state).toBe('running');
    await lorebox.sources.cancel(id);
    expect((await lorebox.sources.get(id)).lastRun).toMatchObject({ state: 'cancelled' });
    await expect(lorebox.sources.cancel(id)).rejects.toMatchObject({ code: 'CONFLICT' });
    const off = await lorebox.sources.update(id, { enabled: false });
    expect([off.enabled, off.nextRunAt]).toEqual([false, null]);
    await lorebox.sources.update(id, { enabled: true, requestsPerSecond: 500, config: { include: ['/slow-1*'] } });
    const synced = await lorebox.sources.waitUntilSynced(id);
    expect(synced).toMatchObject({ items: 11, config: { include: ['/slow-1*'], urls: [site.url] } });
    await expect(lorebox.sources.update(id, { config: { depth: 99 } })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('config.depth'),
    });
    await expect(lorebox.sources.update(id, { config: { nonsense: 1 } })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });
});

describe('secrets', () => {
  const SECRET = 'good-token';

  it('are never returned, logged or stored in plain text, and omitted ones stay unchanged', async () => {
    const host = await startFakeGitHost('github');
    host.files.set('README.md', 'Read me first.');
    const other = await startFakePaperless();
    const dataDir = mkdtempSync(join(tmpdir(), 'lorebox-secrets-'));
    const own = await startLorebox({ dataDir, env: { ...env(), LOREBOX_LOG_LEVEL: 'debug' } });
    try {
      const client = new Lorebox({ baseUrl: own.url, apiKey: own.apiKey });
      await client.workspaces.create({ name: 'code' });
      const config = { repository: 'ada/notes', apiUrl: host.url, token: SECRET };
      const created = await client.sources.create('code', { connector: 'github', config });
      const wrong = await client.sources
        .create('code', { connector: 'github', config: { ...config, token: `${SECRET}-but-wrong` } })
        .catch((error) => error);
      expect(wrong).toMatchObject({ code: 'SOURCE_REFUSED', message: expect.stringContaining('401') });
      expect(created).toMatchObject({ secrets: { token: true }, config: { repository: 'ada/notes' } });
      const { items } = await client.sources.waitUntilSynced(created.id);
      expect(items).toBe(1);
      const updated = await client.sources.update(created.id, { config: { exclude: ['*.txt'] } });
      expect(updated.secrets).toEqual({ token: true });
      expect((await client.sources.waitUntilSynced(created.id)).lastRun).toMatchObject({ state: 'succeeded' });
      await client.sources.update(created.id, { config: { token: null }, skipCheck: true });
      expect((await client.sources.waitUntilSynced(created.id)).lastRun).toMatchObject({ state: 'failed' });
      await client.sources.update(created.id, { config: { token: SECRET } });
      const seen = [
        created,
        updated,
        wrong.message,
        await client.sources.list('code').toArray(9),
        await client.sources.runs(created.id).toArray(9),
      ];
      const said = JSON.stringify(seen) + own.logs() + own.output();
      expect(said).not.toContain(SECRET);
      await own.stop();
      for (const file of filesBelow(dataDir)) expect(readFileSync(file).includes(SECRET), file).toBe(false);
    } finally {
      await own.dispose();
      await host.close();
      await other.close();
    }
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile());
}
