const ALLOWED = new Set(['http:', 'https:', 'mailto:']);

/** Returns the address of a link if it is safe to open, else null. */
export function safeUrl(href: string): URL | null {
  const url = URL.parse(href.trim());
  return url && ALLOWED.has(url.protocol) ? url : null;
}
