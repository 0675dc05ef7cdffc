const WILDCARD = '://*.';

/**
 * Returns whether the origin of a page is in the list. Scheme, host and port have to be the same; `*.` stands for one or
 * more subdomains. An empty list allows nothing.
 */
export function matchesOrigin(allowed: readonly string[], origin: string): boolean {
  const page = parseOrigin(origin);
  if (page === null) return false;
  return allowed.some((pattern) => {
    const at = pattern.indexOf(WILDCARD);
    if (at < 0) return parseOrigin(pattern)?.origin === page.origin;
    const domain = parseOrigin(pattern.replace(WILDCARD, '://'));
    if (domain === null || domain.protocol !== page.protocol || domain.port !== page.port) return false;
    return page.hostname.endsWith(`.${domain.hostname}`);
  });
}

/** Null for opaque origins ("null"), for other schemes, and for a URL that is more than an origin. */
function parseOrigin(text: string): URL | null {
  if (!/^https?:\/\//i.test(text)) return null;
  const url = URL.parse(text);
  return url !== null && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
    ? url
    : null;
}
