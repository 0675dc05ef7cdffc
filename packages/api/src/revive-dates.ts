import { TRPCError } from '@trpc/server';

const MAX_ANNOTATIONS = 10_000;
const MAX_DEPTH = 64;

/**
 * Restores dates that superjson serialized as strings, in place, and removes values that were `undefined`. Accepts no
 * other superjson types from a client because reading them costs far more than writing them (a bigint of 20 MB takes
 * seconds), and no procedure uses them.
 * @param annotations superjson's `meta.values`: `["Date"]` for the value itself, or paths with dots and `["Date"]` or
 * `["undefined"]`.
 * @throws TRPCError BAD_REQUEST for anything else.
 */
export function reviveDates(json: unknown, annotations: unknown): unknown {
  if (annotations === undefined) return json;
  if (Array.isArray(annotations)) return revive(json, annotations);
  if (typeof annotations !== 'object' || annotations === null) throw malformed();
  const entries = Object.entries(annotations);
  if (entries.length > MAX_ANNOTATIONS) throw malformed(`more than ${MAX_ANNOTATIONS} dates`);
  for (const [path, annotation] of entries) {
    const keys = splitPath(path);
    const last = keys.pop() ?? '';
    const parent = keys.reduce(ownProperty, json);
    const value = ownProperty(parent, last);
    const revived = revive(value, annotation);
    if (revived === undefined && !Array.isArray(parent)) delete (parent as Record<string, unknown>)[last];
    else (parent as Record<string, unknown>)[last] = revived;
  }
  return json;
}

function revive(value: unknown, annotation: unknown): Date | undefined {
  const type: unknown = Array.isArray(annotation) && annotation.length === 1 ? annotation[0] : null;
  if (type === 'Date' && typeof value === 'string') return new Date(value);
  if (type === 'undefined' && value === null) return undefined;
  throw malformed(typeof type === 'string' ? `"${type.slice(0, 20)}"` : 'an unknown annotation');
}

function ownProperty(parent: unknown, key: string): unknown {
  const isOwn = typeof parent === 'object' && parent !== null && key !== '__proto__' && Object.hasOwn(parent, key);
  if (!isOwn) throw malformed("a path that doesn't exist");
  return (parent as Record<string, unknown>)[key];
}

/** Splits a path at dots. Dots and backslashes in a key are escaped with a backslash. */
function splitPath(path: string): string[] {
  const keys: string[] = [];
  let key = '';
  for (let i = 0; i < path.length; i += 1) {
    const next = path[i + 1];
    if (path[i] === '\\' && (next === '\\' || next === '.')) {
      key += next;
      i += 1;
    } else if (path[i] === '.') {
      keys.push(key);
      key = '';
    } else key += path[i];
    if (keys.length > MAX_DEPTH) throw malformed('a path that is too long');
  }
  return [...keys, key];
}

function malformed(what = 'something else'): TRPCError {
  const message = `The superjson "meta" of the input may only contain dates and undefined values, not ${what}.`;
  return new TRPCError({ code: 'BAD_REQUEST', message });
}
