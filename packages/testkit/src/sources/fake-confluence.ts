import { type FakeSite, startFakeSite } from '../fake-site.ts';

export interface FakeConfluence extends FakeSite {
  /** Pages of the space DOCS: title -> text. */
  readonly pages: { put(title: string, text: string): void; remove(title: string): void };
}

interface Page {
  id: string;
  title: string;
  text: string;
  number: number;
}

const PAGE = 10;
const CREDENTIALS = `Basic ${Buffer.from('ada@example.com:good-token').toString('base64')}`;

/** Starts the search of Confluence's REST API, below /wiki as in Cloud. */
export async function startFakeConfluence(): Promise<FakeConfluence> {
  const all: Page[] = [];
  let lastId = 100;
  const site = await startFakeSite(({ url, headers }) => {
    if (headers.authorization !== CREDENTIALS) return { status: 401, json: { message: 'no' } };
    if (url.pathname !== '/wiki/rest/api/content/search') return null;
    const cql = url.searchParams.get('cql') ?? '';
    const [, id] = /^id = "(\d+)"$/.exec(cql) ?? [];
    if (!id && !cql.startsWith('type in (page, blogpost) and space in ("DOCS")'))
      return { status: 400, json: { message: cql } };
    const found = id ? all.filter((page) => page.id === id) : all;
    const start = Number(url.searchParams.get('start') ?? 0);
    const query = new URLSearchParams(url.searchParams);
    query.set('start', String(start + PAGE));
    const hasMore = start + PAGE < found.length;
    const next = hasMore && { next: `/rest/api/content/search?${query}` };
    const withBody = url.searchParams.get('expand')?.includes('body.export_view') ?? false;
    const results = found.slice(start, start + PAGE).map((page) => describe(page, withBody));
    return { json: { results, start, limit: PAGE, _links: { base: `${url.origin}/wiki`, context: '/wiki', ...next } } };
  });
  const pages = {
    put(title: string, text: string) {
      const known = all.find((page) => page.title === title);
      if (known) Object.assign(known, { text, number: known.number + 1 });
      else all.push({ id: String(lastId++), title, text, number: 1 });
    },
    remove(title: string) {
      all.splice(0, all.length, ...all.filter((page) => page.title !== title));
    },
  };
  return Object.defineProperties({ pages }, Object.getOwnPropertyDescriptors(site)) as FakeConfluence;
}

function describe({ id, title, text, number }: Page, withBody: boolean) {
  return {
    id,
    type: 'page',
    status: 'current',
    title,
    version: { number, when: '2026-11-24T10:00:00.000Z', by: { type: 'known', displayName: 'Ada' } },
    space: { key: 'DOCS', name: 'Documentation' },
    ancestors: [{ id: '1', title: 'Home' }],
    ...(withBody && { body: { export_view: { value: `<p>${text}</p>`, representation: 'export_view' } } }),
    _links: { webui: `/spaces/DOCS/pages/${id}`, self: 'http://elsewhere' },
  };
}
