import { type FakeSite, type SiteAnswer, startFakeSite } from '../fake-site.ts';

export interface FakeNotion extends FakeSite {
  readonly pages: { put(title: string, text: string): void; remove(title: string): void };
  /** Blocks by parent ID, for pages with more than one paragraph. */
  readonly blocks: Map<string, unknown[]>;
}

const PAGE = 10;

/** Starts the search and blocks endpoints of Notion's API. */
export async function startFakeNotion(): Promise<FakeNotion> {
  const all = new Map<string, { id: string; text: string; edited: string }>();
  const blocks = new Map<string, unknown[]>();
  let last = 0;
  const site = await startFakeSite(({ method, url, headers, body }) => {
    if (headers.authorization !== 'Bearer good-token') return { status: 401, json: { code: 'unauthorized' } };
    if (headers['notion-version'] === undefined) return { status: 400, json: { code: 'missing_version' } };
    if (method === 'POST' && url.pathname === '/v1/search') {
      const asked = JSON.parse(body.toString()) as { start_cursor?: string };
      return paged(
        [...all].map(([title, page]) => describe(title, page)),
        asked.start_cursor,
      );
    }
    const [, parent = ''] = /^\/v1\/blocks\/([\w-]+)\/children$/.exec(url.pathname) ?? [];
    const page = [...all.values()].find(({ id }) => id === parent);
    const inside = blocks.get(parent) ?? (page && [paragraph(page.text)]);
    return inside ? paged(inside, url.searchParams.get('start_cursor') ?? undefined) : null;
  });
  const pages = {
    put(title: string, text: string) {
      last += 1;
      const id = all.get(title)?.id ?? `page-${last}`;
      all.set(title, { id, text, edited: new Date(Date.UTC(2026, 10, 24) + last * 60_000).toISOString() });
    },
    remove: (title: string) => void all.delete(title),
  };
  return Object.defineProperties({ pages, blocks }, Object.getOwnPropertyDescriptors(site)) as FakeNotion;
}

function paged(items: unknown[], cursor: string | undefined): SiteAnswer {
  const start = Number(cursor ?? 0);
  const has_more = start + PAGE < items.length;
  const next_cursor = has_more ? String(start + PAGE) : null;
  return { json: { object: 'list', results: items.slice(start, start + PAGE), has_more, next_cursor } };
}

export const richText = (text: string, annotations = {}) => [
  {
    type: 'text',
    plain_text: text,
    href: null,
    annotations: { bold: false, italic: false, code: false, ...annotations },
  },
];

export const paragraph = (text: string) => ({
  object: 'block',
  id: 'b',
  type: 'paragraph',
  has_children: false,
  paragraph: { rich_text: richText(text), color: 'default' },
});

function describe(title: string, { id, edited }: { id: string; edited: string }) {
  return {
    object: 'page',
    id,
    last_edited_time: edited,
    archived: false,
    in_trash: false,
    url: `https://www.notion.so/${id}`,
    properties: {
      Name: { id: 'title', type: 'title', title: richText(title) },
      Status: { id: 's', type: 'select', select: { name: 'Done' } },
      Tags: { id: 't', type: 'multi_select', multi_select: [{ name: 'a' }, { name: 'b' }] },
    },
  };
}
