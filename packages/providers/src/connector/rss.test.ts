import { testConnector } from '@lorebox/testkit/connector-conformance';
import { ConnectorHarness } from '@lorebox/testkit/connector-harness';
import { startFakeSite } from '@lorebox/testkit/fake-site';
import { startFakeFeed } from '@lorebox/testkit/sources/fake-feed';
import { describe, expect, it } from 'vitest';
import { rss } from './rss.ts';

for (const kind of ['rss', 'atom'] as const) {
  testConnector(`rss (${kind})`, async () => {
    const feed = await startFakeFeed();
    feed.kind = kind;
    return {
      connector: rss,
      config: { url: `${feed.url}/feed` },
      site: feed,
      put: (name, text) => void feed.entries.set(name, text),
      wrong: { config: { url: `${feed.url}/entry/note-00.md` }, message: /not an RSS or Atom feed/ },
      close: feed.close,
    };
  });
}

describe('a feed', () => {
  it('is decoded with its encoding, and other content is rejected', async () => {
    const item = '<item><title>Caf\xe9</title><guid>1</guid><description>d\xe9j\xe0 vu</description></item>';
    const body = Buffer.from(
      `<?xml version="1.0" encoding="iso-8859-1"?><rss><channel>${item}</channel></rss>`,
      'latin1',
    );
    const old = await startFakeSite(({ url }) => (url.pathname === '/page' ? { body: '<html></html>' } : { body }));
    const harness = new ConnectorHarness(rss, { url: `${old.url}/feed` });
    await harness.sync();
    expect(harness.items.get('1')?.title).toBe('Café');
    expect(harness.text('1')).toContain('déjà vu');
    const page = new ConnectorHarness(rss, { url: `${old.url}/page` });
    await expect(page.sync()).rejects.toMatchObject({ code: 'SOURCE_REFUSED' });
    await old.close();
  });

  it('has titles, links and authors; old entries stay; linked pages are optional', async () => {
    const feed = await startFakeFeed();
    feed.entries.set('One & only', 'First of all.');
    const harness = new ConnectorHarness(rss, { url: `${feed.url}/feed` });
    await harness.sync();
    expect(harness.items.get('One & only')).toMatchObject({
      title: 'One & only',
      url: `${feed.url}/entry/One%20%26%20only`,
      metadata: { author: 'Ada', feed: 'News' },
    });
    feed.entries.clear();
    feed.entries.set('Two', 'Second.');
    await harness.sync();
    expect([...harness.items.keys()]).toEqual(['One & only', 'Two']);
    const pages = new ConnectorHarness(rss, { url: `${feed.url}/feed`, linkedPages: true });
    await pages.sync();
    expect(pages.text('Two')).toBe('<p>Page: Second.</p>');
    await feed.close();
  });
});
