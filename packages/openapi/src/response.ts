import type { Context } from 'hono';

/** JSON as REST clients read it: dates as ISO strings, `undefined` left out, bigints as strings. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, item) => (typeof item === 'bigint' ? String(item) : item)) ?? 'null';
}

/** `Link: <...>; rel="next"` for a page whose output names the cursor of the next one (RFC 8288). */
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
