import type { Context } from 'hono';

/** Serializes JSON for REST clients: dates as ISO strings, `undefined` omitted, bigints as strings. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, item) => (typeof item === 'bigint' ? String(item) : item)) ?? 'null';
}

/** Returns `Link: <...>; rel="next"` if the output has a cursor for the next page (RFC 8288). */
export function nextLink(c: Context, output: unknown): string | null {
  if (typeof output !== 'object' || output === null || !('nextCursor' in output)) return null;
  if (typeof output.nextCursor !== 'string') return null;
  const url = new URL(c.req.url);
  url.searchParams.set('cursor', output.nextCursor);
  return `<${url.pathname}${url.search}>; rel="next"`;
}

export function matchesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((candidate) => candidate.trim() === tag || candidate.trim() === '*');
}
