import type { Context } from 'hono';

/** JSON as REST clients read it: dates as ISO strings, `undefined` left out, bigints as strings. */
export function toJson(value: unknown): string {
  return JSON.stringify(plain(value)) ?? 'null';
}

/** The same value with its dates written. `Date.toJSON` takes ten times as long, and a page of 20 rows has 60 dates. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return isoTime(value);
  if (Array.isArray(value)) return value.map(plain);
  if ('toJSON' in value && typeof value.toJSON === 'function') return value.toJSON();
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const item = (value as Record<string, unknown>)[key];
    result[key] = typeof item === 'string' || item === null ? item : plain(item);
  }
  return result;
}

const DAY_MS = 86_400_000;
const MAX_DAYS = 1000;
const days = new Map<number, string>();
const two = (n: number) => (n < 10 ? `0${n}` : `${n}`);

/** What `toISOString` gives; null for an invalid date, as `Date.toJSON` has it. */
export function isoTime(date: Date): string | null {
  const time = date.getTime();
  if (Number.isNaN(time)) return null;
  const day = Math.floor(time / DAY_MS);
  let prefix = days.get(day);
  if (prefix === undefined) {
    const iso = date.toISOString();
    prefix = iso.slice(0, iso.indexOf('T') + 1);
    if (days.size >= MAX_DAYS) days.clear();
    days.set(day, prefix);
  }
  const ms = time - day * DAY_MS;
  const seconds = Math.floor(ms / 1000);
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${prefix}${clock}.${String(ms % 1000).padStart(3, '0')}Z`;
}

/** `Link: <...>; rel="next"` for a page whose output names the cursor of the next one (RFC 8288). */
export function nextLink(c: Context, output: unknown): string | null {
  if (typeof output !== 'object' || output === null || !('nextCursor' in output)) return null;
  if (typeof output.nextCursor !== 'string') return null;
  const url = new URL(c.req.url);
  url.searchParams.set('cursor', output.nextCursor);
  return `<${url.pathname}${url.search}>; rel="next"`;
}

/** A weak entity tag: FNV-1a over two lanes, 64 bits of the text. Equal answers have equal tags; that is all it is for. */
export function entityTag(body: string): string {
  let a = 0x811c9dc5;
  let b = 0xc9dc5118;
  for (let i = 0; i < body.length; i += 1) {
    const code = body.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b);
  }
  return `W/"${(a >>> 0).toString(36)}-${(b >>> 0).toString(36)}-${body.length.toString(36)}"`;
}

export function matchesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((candidate) => candidate.trim() === tag || candidate.trim() === '*');
}
