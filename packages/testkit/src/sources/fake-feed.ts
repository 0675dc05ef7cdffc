import { createHash } from 'node:crypto';
import { type FakeSite, startFakeSite } from '../fake-site.ts';

export interface FakeFeed extends FakeSite {
  readonly entries: Map<string, string>;
  kind: 'rss' | 'atom';
}

const escapeXml = (text: string) => text.replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`);

/** Starts a server with one feed at /feed and a page for each entry. */
export async function startFakeFeed(): Promise<FakeFeed> {
  const entries = new Map<string, string>();
  const state = { entries, kind: 'rss' as FakeFeed['kind'] };
  const site = await startFakeSite(({ url, headers }) => {
    if (url.pathname.startsWith('/entry/')) {
      const text = entries.get(decodeURIComponent(url.pathname.slice('/entry/'.length)));
      return text === undefined ? null : { headers: { 'content-type': 'text/html' }, body: `<p>Page: ${text}</p>` };
    }
    if (url.pathname !== '/feed') return null;
    const body = state.kind === 'rss' ? rssOf(entries) : atomOf(entries);
    const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
    if (headers['if-none-match'] === etag) return { status: 304, headers: { etag } };
    return { headers: { 'content-type': 'application/xml', etag }, body };
  });
  return Object.defineProperties(state, Object.getOwnPropertyDescriptors(site)) as typeof state & FakeSite;
}

function rssOf(entries: Map<string, string>): string {
  const items = [...entries].map(
    ([name, text]) =>
      `<item><title>${escapeXml(name)}</title><link>/entry/${encodeURIComponent(name)}</link><guid isPermaLink="false">${escapeXml(name)}</guid>` +
      `<dc:creator>Ada</dc:creator><pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate><content:encoded><![CDATA[<p>${text}</p>]]></content:encoded></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>${items.join('\n')}</channel></rss>`;
}

function atomOf(entries: Map<string, string>): string {
  const items = [...entries].map(
    ([name, text]) =>
      `<entry><id>${escapeXml(name)}</id><title>${escapeXml(name)}</title><link rel="self" href="/self"/>` +
      `<link href="/entry/${encodeURIComponent(name)}"/><updated>2026-11-24T10:00:00Z</updated><author><name>Ada</name></author>` +
      `<content type="html">${escapeXml(`<p>${text}</p>`)}</content></entry>`,
  );
  return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>${items.join('\n')}</feed>`;
}
