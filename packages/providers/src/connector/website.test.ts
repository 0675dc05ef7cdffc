import { testConnector } from '@lorebox/testkit/connector-conformance';
import { ConnectorHarness } from '@lorebox/testkit/connector-harness';
import { startFakeSite } from '@lorebox/testkit/fake-site';
import { type FakeWebsite, startFakeWebsite } from '@lorebox/testkit/sources/fake-website';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { website } from './website.ts';

const pathOf = (name: string) => `/${encodeURIComponent(name)}`;

testConnector('website', async () => {
  const site = await startFakeWebsite();
  return {
    connector: website,
    config: { urls: [site.url] },
    site,
    takesAnyAnswer: true,
    put(name, text) {
      site.pages.set(new URL(pathOf(name), site.url).pathname, `<title>${name.length}</title><p>${text}</p>`);
      if (name.endsWith('4.md')) site.unlinked.add(pathOf(name));
    },
    remove: (name) => void site.pages.delete(pathOf(name)),
    wrong: { config: { urls: [`${site.url}/nowhere`] }, message: /status 404/ },
    close: site.close,
  };
});

describe('a crawl', () => {
  let site: FakeWebsite;
  beforeEach(async () => {
    site = await startFakeWebsite();
  });
  afterEach(() => site.close());

  const crawl = (config = {}, host = {}) =>
    new ConnectorHarness(website, { urls: [site.url], sitemaps: false, ...config }, host);
  const pathsOf = (harness: ConnectorHarness) => [...harness.items.keys()].map((url) => new URL(url).pathname).sort();

  it('goes to the configured depth and uses stored links of unchanged pages', async () => {
    site.pages.set('/a', '<p>a</p><a href="b">b</a>');
    site.pages.set('/b', '<p>b</p><a href="/c?utm_source=x">c</a>');
    site.pages.set('/c', '<p>c</p>');
    site.unlinked.add('/b').add('/c');
    const two = crawl({ depth: 2 });
    await two.sync();
    expect(pathsOf(two)).toEqual(['/a', '/b']);
    const three = crawl({ depth: 3 });
    await three.sync();
    const again = await three.sync();
    expect(pathsOf(three)).toEqual(['/a', '/b', '/c']);
    expect(again).toMatchObject({ opened: [], removed: [], isFull: true });
  });

  it('respects robots.txt, meta tags, rel and canonical', async () => {
    site.robots = 'User-agent: *\nDisallow: /private\n\nUser-agent: Lorebox\nDisallow: /secret\nCrawl-delay: 0.01\n';
    site.pages.set('/secret', '<p>no</p>');
    site.pages.set('/private', '<p>for others</p>');
    site.pages.set('/none', '<meta name="robots" content="none"><a href="/behind">x</a>');
    site.pages.set('/behind', '<p>behind</p>');
    site.pages.set('/twin', '<link rel="canonical" href="/private"><p>twin</p>');
    site.unlinked.add('/behind');
    const harness = crawl();
    await harness.sync();
    expect(pathsOf(harness)).toEqual(['/private']);
    expect(site.requests.some(({ url }) => url.pathname === '/secret')).toBe(false);
    const own = crawl({ robots: false, include: ['/secret', '/b*'] });
    await own.sync();
    expect(pathsOf(own)).toEqual(['/secret']);
  });

  it('downloads linked files of supported formats, whatever their extension, and skips others', async () => {
    const types: Record<string, string> = {
      '/a.pdf': 'application/pdf',
      '/b': 'application/epub+zip',
      '/c.docx': 'application/octet-stream',
      '/d': 'application/octet-stream',
      '/e': 'image/png',
      '/f': 'application/zip',
      '/g.txt': '',
    };
    const links = Object.keys(types).map((path) => `<a href="${path}">file</a>`);
    const files = await startFakeSite(({ url, headers }) => {
      if (url.pathname === '/') return { headers: { 'content-type': 'text/html' }, body: links.join('') };
      const type = types[url.pathname];
      if (type === undefined) return null;
      const etag = '"1"';
      if (headers['if-none-match'] === etag) return { status: 304 };
      return { headers: { 'content-type': type, etag: url.pathname === '/g.txt' ? undefined : etag }, body: 'bytes' };
    });
    const harness = new ConnectorHarness(website, { urls: [files.url], sitemaps: false });
    await harness.sync();
    expect(pathsOf(harness)).toEqual(['/', '/a.pdf', '/b', '/c.docx', '/g.txt']);
    // Without a validator, the file is fetched again and compared by its bytes.
    expect((await harness.sync()).opened).toEqual([`${files.url}/g.txt`]);
    await files.close();
  });

  it('handles two pages that name each other as canonical', async () => {
    site.pages.set('/one', '<link rel="canonical" href="/two"><p>one</p>');
    site.pages.set('/two', '<link rel="canonical" href="/one"><p>two</p>');
    const harness = crawl();
    await harness.sync();
    expect(pathsOf(harness)).toEqual(['/two']);
  });

  it('follows a redirect of the start address to another host', async () => {
    site.pages.set('/a', '<p>a</p>');
    const before = await startFakeSite(() => ({ status: 301, headers: { location: `${site.url}/` } }));
    const harness = new ConnectorHarness(website, { urls: [before.url], sitemaps: false, robots: false });
    await harness.sync();
    expect(pathsOf(harness)).toEqual(['/a']);
    await before.close();
  });

  it('keeps pages that it had no time for, and pages behind a failing page', async () => {
    site.pages.set('/a', '<p>a</p><a href="/b">b</a>');
    site.pages.set('/b', '<p>b</p>');
    site.unlinked.add('/b');
    const harness = crawl();
    await harness.sync();
    const short = new ConnectorHarness(website, { urls: [site.url], sitemaps: false, maxPages: 2 });
    for (const [id, item] of harness.items) short.items.set(id, item);
    expect(await short.sync()).toMatchObject({ removed: [], isFull: false });
    for (let i = 0; i < 9; i += 1) {
      site.pages.set(`/only-in-sitemap-${i}`, `<p>${i}</p>`);
      site.unlinked.add(`/only-in-sitemap-${i}`);
    }
    const mapped = new ConnectorHarness(website, { urls: [site.url], maxPages: 5 });
    expect(await mapped.sync()).toMatchObject({ isFull: false });
    // The stored page stays while it returns 500, and so do its links.
    site.faults.failAfter = 2;
    expect(await harness.sync().catch(() => ({ removed: [] }))).toMatchObject({ removed: [] });
    site.faults.failAfter = null;
    site.pages.set('/a', '<p>no link any more</p>');
    expect((await harness.sync()).removed).toEqual([`${site.url}/b`]);
  });

  it('renders pages in a browser if enabled', async () => {
    site.pages.set('/app', '<div id="app"></div>');
    const rendered: string[] = [];
    const render = async (url: string) => {
      rendered.push(new URL(url).pathname);
      return url.endsWith('/app')
        ? '<p>Made by a script.</p>'
        : '<meta name="robots" content="noindex"><a href="/app">app</a>';
    };
    const harness = crawl({ javascript: true }, { render });
    await harness.sync();
    expect(harness.text(`${site.url}/app`)).toBe('<p>Made by a script.</p>');
    expect(rendered).toEqual(['/', '/app']);
  });
});
