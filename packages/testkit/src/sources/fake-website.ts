import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type FakeSite, type SiteAnswer, startFakeSite } from '../fake-site.ts';

export interface FakeWebsite extends FakeSite {
  /** Path (as in the URL) -> HTML. */
  readonly pages: Map<string, string>;
  /** Paths that only a compressed sitemap lists. */
  readonly unlinked: Set<string>;
  robots: string | null;
}

/**
 * Starts a website with ETags, robots.txt and a sitemap index. The start page links to every page except those in the
 * sitemap.
 */
export async function startFakeWebsite(): Promise<FakeWebsite> {
  const pages = new Map<string, string>();
  const unlinked = new Set<string>();
  const state = { pages, unlinked, robots: null as string | null };
  const site = await startFakeSite(({ url, headers }) => {
    const { pathname } = url;
    if (pathname === '/robots.txt') return state.robots === null ? null : { body: state.robots };
    if (pathname === '/sitemap.xml') return { body: indexOf(url.origin) };
    if (pathname === '/pages.xml.gz') return { body: gzipSync(sitemapOf(url.origin, [...unlinked])) };
    if (pathname === '/') return html(startPage([...pages.keys()].filter((path) => !unlinked.has(path))));
    const page = pages.get(pathname);
    if (page === undefined) return { status: 404, body: 'gone' };
    const etag = `"${createHash('sha256').update(page).digest('hex').slice(0, 16)}"`;
    if (headers['if-none-match'] === etag) return { status: 304, headers: { etag } };
    return html(page, { etag });
  });
  return Object.defineProperties(state, Object.getOwnPropertyDescriptors(site)) as typeof state & FakeSite;
}

const html = (body: string, headers: Record<string, string> = {}): SiteAnswer => ({
  headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
  body,
});

/** The page is excluded from the index, but its links are followed. */
function startPage(paths: string[]): string {
  const links = paths.map((path) => `<li><a href="${path}#top">a page</a></li>`).join('\n');
  return `<!doctype html><meta name="robots" content="noindex"><title>Start</title><ul>${links}</ul><a href="http://127.0.0.1:1/">out</a>`;
}

const indexOf = (origin: string) =>
  `<?xml version="1.0"?><sitemapindex><sitemap><loc>${origin}/pages.xml.gz</loc></sitemap></sitemapindex>`;

function sitemapOf(origin: string, paths: string[]): string {
  const urls = paths.map((path) => `<url><loc>${origin}${path.replaceAll('&', '&amp;')}</loc></url>`).join('');
  return `<?xml version="1.0"?><urlset>${urls}</urlset>`;
}
