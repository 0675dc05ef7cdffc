import { childrenOf, childText, findAll, parseXml, type XmlElement } from './xml-tree.ts';

export interface FeedEntry {
  id: string;
  title: string;
  link: string | null;
  author: string;
  /** As written in the feed. */
  updated: string;
  /** HTML or text. */
  content: string;
}

export interface Feed {
  title: string;
  entries: FeedEntry[];
}

/** Parses RSS 0.9 to 2.0, RDF and Atom; null if the text is not a feed. Links are resolved to absolute URLs. */
export function readFeed(text: string, base: URL): Feed | null {
  const document = parseXml(text);
  const [feed] = findAll(document, 'feed');
  if (feed)
    return { title: childText(feed, 'title'), entries: childrenOf(feed, 'entry').map((one) => readAtom(one, base)) };
  const [channel] = findAll(document, 'channel');
  if (!channel) return null;
  return { title: childText(channel, 'title'), entries: findAll(document, 'item').map((one) => readItem(one, base)) };
}

function readAtom(entry: XmlElement, base: URL): FeedEntry {
  const links = childrenOf(entry, 'link');
  const link = links.find(({ attribs }) => (attribs.rel ?? 'alternate') === 'alternate') ?? links[0];
  const [author] = childrenOf(entry, 'author');
  const href = absolute(link?.attribs.href, base);
  return {
    id: childText(entry, 'id') || href || childText(entry, 'title'),
    title: childText(entry, 'title'),
    link: href,
    author: author ? childText(author, 'name') : '',
    updated: childText(entry, 'updated', 'published'),
    content: childText(entry, 'content', 'summary'),
  };
}

function readItem(item: XmlElement, base: URL): FeedEntry {
  const guid = childrenOf(item, 'guid')[0];
  const permalink = guid && guid.attribs.isPermaLink !== 'false' ? childText(item, 'guid') : '';
  const link = absolute(childText(item, 'link') || permalink || undefined, base);
  return {
    id: childText(item, 'guid') || link || childText(item, 'title'),
    title: childText(item, 'title'),
    link,
    author: childText(item, 'dc:creator', 'author'),
    updated: childText(item, 'pubDate', 'dc:date'),
    content: childText(item, 'content:encoded', 'description'),
  };
}

function absolute(href: string | undefined, base: URL): string | null {
  if (!href || !URL.canParse(href.trim(), base.href)) return null;
  const { protocol, href: whole } = new URL(href.trim(), base);
  return protocol === 'http:' || protocol === 'https:' ? whole : null;
}
