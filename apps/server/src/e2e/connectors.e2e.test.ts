import { existsSync } from 'node:fs';
import { type ConfigValue, Lorebox } from '@lorebox/sdk';
import { startFakeSite } from '@lorebox/testkit/fake-site';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { startFakeConfluence } from '@lorebox/testkit/sources/fake-confluence';
import { startFakeDrive } from '@lorebox/testkit/sources/fake-drive';
import { startFakeFeed } from '@lorebox/testkit/sources/fake-feed';
import { startFakeGitHost } from '@lorebox/testkit/sources/fake-git-host';
import { startFakeImap } from '@lorebox/testkit/sources/fake-imap';
import { startFakeNotion } from '@lorebox/testkit/sources/fake-notion';
import { startFakePaperless } from '@lorebox/testkit/sources/fake-paperless';
import { startFakeYouTube } from '@lorebox/testkit/sources/fake-youtube';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const CHROMIUM = process.env.LOREBOX_CHROMIUM ?? '/usr/bin/chromium';
const MISSING = existsSync(CHROMIUM) ? null : `needs Chromium: ${CHROMIUM} is missing (set LOREBOX_CHROMIUM)`;
const NOTES = { 'tides.md': 'The tide turns twice a day.', 'knots.md': 'A bowline does not slip.' };

let server: LoreboxProcess;
let lorebox: Lorebox;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  server = await startLorebox({
    env: { LOREBOX_FETCH_ALLOW: '127.0.0.1:*', ...(MISSING ? {} : { LOREBOX_CHROMIUM: CHROMIUM }) },
  });
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
});
afterAll(async () => {
  await server.dispose();
  await Promise.all(closers.map((close) => close()));
});

interface Double {
  config: Record<string, ConfigValue>;
  put(name: string, text: string): void;
  close(): Promise<void>;
}

/** The settings that create each connector, and how to add an item to its source. */
const DOUBLES: Record<string, () => Promise<Double>> = {
  async confluence() {
    const { url, pages, close } = await startFakeConfluence();
    const config = { url: `${url}/wiki`, spaces: ['DOCS'], username: 'ada@example.com', token: 'good-token' };
    return { config, put: pages.put, close };
  },
  async gitea() {
    const { url, files, close } = await startFakeGitHost('gitea');
    const config = { repository: 'ada/notes', url, token: 'good-token' };
    return { config, put: (name, text) => void files.set(name, text), close };
  },
  async gitlab() {
    const { url, files, close } = await startFakeGitHost('gitlab');
    const config = { repository: 'ada/notes', url, token: 'good-token' };
    return { config, put: (name, text) => void files.set(name, text), close };
  },
  async 'google-drive'() {
    const { url, key, put, close } = await startFakeDrive();
    return { config: { apiUrl: url, serviceAccount: key }, put: (name, text) => put(name, text), close };
  },
  async imap() {
    const { port, put, close } = await startFakeImap();
    const config = { host: '127.0.0.1', port, security: 'none', username: 'ada', password: 'good-password' };
    return { config, put, close };
  },
  async notion() {
    const { url, pages, close } = await startFakeNotion();
    return { config: { apiUrl: url, token: 'good-token' }, put: pages.put, close };
  },
  async paperless() {
    const { url, papers, close } = await startFakePaperless();
    return { config: { url, token: 'good-token' }, put: (name, text) => papers.put(name, text), close };
  },
  async rss() {
    const { url, entries, close } = await startFakeFeed();
    return { config: { url: `${url}/feed` }, put: (name, text) => void entries.set(name, text), close };
  },
  async youtube() {
    const { url, put, close } = await startFakeYouTube();
    return { config: { url, playlists: ['PLnotes'] }, put: (name, text) => void put(name, text), close };
  },
};

describe('connectors through the server, network guard and parsers', () => {
  it.each(Object.keys(DOUBLES))('syncs %s, makes it searchable and keeps it up to date', async (connector) => {
    const double = await (DOUBLES[connector] as () => Promise<Double>)();
    closers.push(double.close);
    for (const [name, text] of Object.entries(NOTES)) double.put(name, text);
    await lorebox.workspaces.create({ name: connector });
    const { id } = await lorebox.sources.create(connector, {
      connector,
      config: double.config,
      requestsPerSecond: 500,
    });
    const first = await lorebox.sources.waitUntilSynced(id);
    expect(first.lastRun).toMatchObject({ state: 'succeeded', counts: { seen: 2, added: 2, failed: 0 } });
    await lorebox.documents.waitUntilIdle(connector);
    expect(await lorebox.documents.summary(connector)).toEqual({ ready: 2, processing: 0, failed: 0 });
    const { hits } = await lorebox.search({ workspace: connector, query: 'Which knot does not slip?' });
    expect(hits[0]?.text).toContain('bowline');

    double.put('lamps.md', 'The lamp is lit at dusk.');
    await lorebox.sources.run(id);
    const second = await lorebox.sources.waitUntilSynced(id);
    expect(second.lastRun?.counts).toMatchObject({ added: 1, changed: 0, failed: 0, removed: 0 });
    await lorebox.sources.run(id, { full: true });
    const third = await lorebox.sources.waitUntilSynced(id);
    expect(third.lastRun?.counts).toMatchObject({ added: 0, changed: 0, failed: 0, removed: 0, unchanged: 3 });
    expect(await lorebox.documents.summary(connector)).toMatchObject({ failed: 0 });
  });

  it('renders a JavaScript website before reading it', async (context) => {
    if (MISSING) return context.skip(MISSING);
    const site = await startFakeSite(({ url }) => {
      if (url.pathname === '/robots.txt' || url.pathname === '/sitemap.xml') return null;
      const script =
        url.pathname === '/'
          ? `document.body.innerHTML = '<a href="/app">app</a> The start page.'`
          : `document.body.innerHTML = '<p>The app says that the harbour is open.</p>'`;
      return {
        headers: { 'content-type': 'text/html' },
        body: `<!doctype html><body><script>${script}</script></body>`,
      };
    });
    closers.push(site.close);
    await lorebox.workspaces.create({ name: 'scripts' });
    const config = { urls: [site.url], javascript: true };
    const { id } = await lorebox.sources.create('scripts', { connector: 'website', config, requestsPerSecond: 50 });
    expect((await lorebox.sources.waitUntilSynced(id)).lastRun).toMatchObject({
      state: 'succeeded',
      counts: { added: 2 },
    });
    await lorebox.documents.waitUntilIdle('scripts');
    const { hits } = await lorebox.search({ workspace: 'scripts', query: 'Is the harbour open?' });
    expect(hits[0]?.text).toContain('harbour is open');
  });

  it('backs off when rate limited, and reports a failing source without removing documents', async () => {
    const paperless = await startFakePaperless();
    closers.push(paperless.close);
    for (const [name, text] of Object.entries(NOTES)) paperless.papers.put(name, text);
    await lorebox.workspaces.create({ name: 'patient' });
    const config = { url: paperless.url, token: 'good-token' };
    const { id } = await lorebox.sources.create('patient', { connector: 'paperless', config, requestsPerSecond: 500 });
    await lorebox.sources.waitUntilSynced(id);
    paperless.faults.rateLimited = 1;
    await lorebox.sources.run(id);
    const patient = await lorebox.sources.waitUntilSynced(id);
    expect(patient.lastRun).toMatchObject({ state: 'succeeded', counts: { unchanged: 2, removed: 0 } });
    await lorebox.sources.update(id, { config: { token: 'revoked' }, skipCheck: true });
    const refused = await lorebox.sources.waitUntilSynced(id);
    expect(refused).toMatchObject({ items: 2, lastRun: { state: 'failed', message: expect.stringContaining('401') } });
    const [event] = await lorebox.events.list({ workspace: 'patient', type: 'source.failed' }).toArray(1);
    expect(event?.data).toMatchObject({ sourceId: id, message: expect.stringContaining('401') });
  });
});
