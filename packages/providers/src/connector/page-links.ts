import { Parser } from 'htmlparser2';

export interface PageHead {
  /** Absolute http(s) URLs without fragments, deduplicated. */
  links: string[];
  canonical: string | null;
  /** Robots directives of the page. */
  noIndex: boolean;
  noFollow: boolean;
  /** The visible text, to distinguish a change from a new nonce in the markup. */
  text: string;
}

const UNSEEN = new Set(['script', 'style', 'template', 'noscript']);

/** Extracts from a page what the crawler needs. */
export function readPageHead(html: string, url: URL): PageHead {
  const found = new Set<string>();
  let base = url;
  let canonical: string | null = null;
  let robots = '';
  let text = '';
  let hidden = 0;
  const add = (href: string | undefined) => {
    const link = toLink(href, base);
    if (link) found.add(link);
  };
  const parser = new Parser({
    onclosetag(name) {
      if (UNSEEN.has(name)) hidden -= 1;
    },
    ontext(piece) {
      if (hidden === 0) text += piece;
    },
    onopentag(name, { href, rel = '', content = '', name: meta = '', src }) {
      if (UNSEEN.has(name)) hidden += 1;
      if (name === 'base' && href && URL.canParse(href, url.href)) base = new URL(href, url);
      if (name === 'link' && rel.toLowerCase() === 'canonical') canonical = toLink(href, base);
      if (name === 'meta' && /^(robots|lorebox)$/i.test(meta)) robots += `,${content.toLowerCase()}`;
      if ((name === 'a' || name === 'area') && !/\bnofollow\b/i.test(rel)) add(href);
      if (name === 'frame' || name === 'iframe') add(src);
    },
  });
  parser.end(html);
  const says = (word: string) => robots.split(/[\s,]+/).some((one) => one === word || one === 'none');
  return { links: [...found], canonical, noIndex: says('noindex'), noFollow: says('nofollow'), text };
}

const TRACKING = /^(utm_\w+|fbclid|gclid|mc_cid|mc_eid)$/;

/**
 * Normalizes the URL of a page: no fragment, no tracking parameters, sorted parameters. Null if the URL is not a page.
 */
export function toLink(href: string | undefined, base: URL): string | null {
  if (!href || href.length > 2000 || !URL.canParse(href.trim(), base.href)) return null;
  const url = new URL(href.trim(), base);
  if ((url.protocol !== 'http:' && url.protocol !== 'https:') || url.username || url.password) return null;
  url.hash = '';
  for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
  url.searchParams.sort();
  return url.href.length > 2000 ? null : url.href;
}
