import { AppError } from '@lorebox/contract/errors';
import type { Connector, ConnectorContext, SourceItem } from '@lorebox/ports/connector';
import { z } from 'zod';
import { escapeHtml } from './escape-html.ts';
import { address } from './fields.ts';
import { readBytes, readOk, textBytes } from './read-answer.ts';
import { type Feed, type FeedEntry, readFeed } from './read-feed.ts';
import { readXmlText } from './read-xml-text.ts';
import { sha256 } from './sha256.ts';

const Config = z.strictObject({
  url: address('URL of the feed.'),
  linkedPages: z
    .boolean()
    .default(false)
    .meta({ description: 'Sync the linked page of an entry instead of the text in the feed.' }),
  maxEntries: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(500)
    .meta({ description: 'Maximum number of entries, newest first.' }),
});
type Config = z.infer<typeof Config>;

const Cursor = z.object({ etag: z.string().nullable(), modified: z.string().nullable() }).nullable().catch(null);

/** Syncs a feed. Entries that disappear from it stay here, because a feed shows only the newest ones. */
export const rss: Connector = {
  id: 'rss',
  label: 'RSS or Atom feed',
  description: 'Entries of a feed, or the pages they link to.',
  reads: 'network',
  configSchema: Config,
  requestsPerSecond: 2,
  async check(context) {
    const response = await readOk(context, Config.parse(context.config).url);
    parseFeed(await readXmlText(response), response.url);
  },
  async *sync(context) {
    const config = Config.parse(context.config);
    const known = Cursor.parse(context.cursor);
    const headers = { 'if-none-match': known?.etag ?? undefined, 'if-modified-since': known?.modified ?? undefined };
    const response = await context.host.fetch(config.url, { headers });
    if (response.status === 304) return response.drop();
    if (response.status !== 200) {
      await response.drop();
      throw new AppError('SOURCE_REFUSED', `${response.url.host} responded with status ${response.status}.`);
    }
    const feed = parseFeed(await readXmlText(response), response.url);
    for (const entry of feed.entries.slice(0, config.maxEntries)) yield toItem(context, config, feed, entry);
    yield { kind: 'cursor', cursor: { etag: response.header('etag'), modified: response.header('last-modified') } };
  },
};

function parseFeed(text: string, url: URL): Feed {
  const feed = readFeed(text, url);
  if (feed) return feed;
  throw new AppError(
    'SOURCE_REFUSED',
    `${url.href} is not an RSS or Atom feed. Websites often link to their feed as "RSS".`,
  );
}

function toItem(context: ConnectorContext, { linkedPages }: Config, feed: Feed, entry: FeedEntry): SourceItem {
  const { id, title, link, author, updated, content } = entry;
  const isPage = linkedPages && link !== null;
  const html = `<!doctype html><meta charset="utf-8"><title>${escapeHtml(title)}</title>\n<h1>${escapeHtml(title)}</h1>\n${content}\n`;
  return {
    kind: 'upsert',
    externalId: id.length > 1000 ? sha256(id) : id,
    version: isPage && updated !== '' ? updated : sha256(`${title}\n${updated}\n${content}`),
    filename: `${title.slice(0, 100) || 'entry'}.html`,
    title: title || undefined,
    contentType: 'text/html',
    url: link ?? undefined,
    metadata: { feed: feed.title, author, modified: updated },
    open: () => (isPage ? readBytes(context, link) : textBytes(html)),
  };
}
