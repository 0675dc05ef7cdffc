import { type FakeSite, type SiteAnswer, startFakeSite } from '../fake-site.ts';

export interface FakePaperless extends FakeSite {
  readonly papers: { put(name: string, text: string, tags?: number[]): void; remove(name: string): void };
}

const PAGE = 10;
const TAGS = [
  { id: 1, name: 'Invoices' },
  { id: 2, name: 'Letters' },
];

/**
 * Starts the documents, tags and downloads of Paperless-ngx's API. `next` is an unreachable address, as behind a proxy.
 */
export async function startFakePaperless(): Promise<FakePaperless> {
  const all = new Map<string, { id: number; text: string; tags: number[]; modified: string }>();
  let last = 0;
  const site = await startFakeSite(({ url, headers }) => {
    if (headers.authorization !== 'Token good-token') return { status: 401, json: { detail: 'Invalid token.' } };
    if (url.pathname === '/api/tags/') return paged(TAGS, url);
    if (url.pathname === '/api/correspondents/') return paged([{ id: 7, name: 'Harbour office' }], url);
    if (url.pathname === '/api/document_types/') return paged([], url);
    if (url.pathname === '/api/documents/') {
      return paged(
        [...all].map(([title, { text: _, ...paper }]) => describe(title, paper)),
        url,
      );
    }
    const [, id] = /^\/api\/documents\/(\d+)\/download\/$/.exec(url.pathname) ?? [];
    const found = [...all.values()].find((paper) => paper.id === Number(id));
    if (!found) return null;
    return { body: url.searchParams.get('original') === 'true' ? found.text : `archived: ${found.text}` };
  });
  const papers = {
    put(name: string, text: string, tags: number[] = [1]) {
      last += 1;
      const modified = new Date(Date.UTC(2026, 10, 24) + last * 1000).toISOString();
      all.set(name, { id: all.get(name)?.id ?? last, text, tags, modified });
    },
    remove: (name: string) => void all.delete(name),
  };
  return Object.defineProperties({ papers }, Object.getOwnPropertyDescriptors(site)) as FakePaperless;
}

function paged(items: unknown[], url: URL): SiteAnswer {
  const size = Math.min(PAGE, Number(url.searchParams.get('page_size') ?? PAGE));
  const page = Number(url.searchParams.get('page') ?? 1);
  const hasMore = page * size < items.length;
  const next = hasMore ? `http://127.0.0.1:1${url.pathname}?page=${page + 1}` : null;
  return { json: { count: items.length, next, previous: null, results: items.slice((page - 1) * size, page * size) } };
}

const describe = (title: string, paper: { id: number; tags: number[]; modified: string }) => ({
  ...paper,
  title,
  correspondent: 7,
  document_type: null,
  created: '2026-01-02',
  original_file_name: title,
  archive_serial_number: null,
});
