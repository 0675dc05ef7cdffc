import { TRPCError } from '@trpc/server';
import type { Context, Env } from 'hono';
import { z } from 'zod';
import { coerceJson, coerceText } from './coerce.ts';
import { nearest } from './nearest.ts';
import { RESUME_PROPERTY, type Route } from './routes.ts';

/** A request's JSON body. */
export interface JsonBody {
  /** Undefined for an empty body. */
  value: unknown;
  /** Digest of the body. Equal bodies have equal digests. */
  digest: string;
}

export type ReadJson<E extends Env> = (c: Context<E>, route: Route) => Promise<JsonBody>;

/** Reads bodies if `MountOptions.readJson` is absent. @throws TRPCError if the body is not JSON. */
export async function readJsonText(c: Context): Promise<JsonBody> {
  const text = await c.req.text();
  return { value: text === '' ? undefined : parse(text), digest: await sha256(text) };
}

async function sha256(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Reads the procedure's input from path, query, headers and JSON body. @throws TRPCError if the body can't be read. */
export async function readInput<E extends Env>(
  c: Context<E>,
  route: Route,
  readJson: ReadJson<E>,
): Promise<Record<string, unknown>> {
  const input: Record<string, unknown> = route.bodyProperties.length > 0 ? await readBody(c, route, readJson) : {};
  const hasQuery = route.parameters.some((parameter) => parameter.in === 'query');
  const query = hasQuery ? c.req.queries() : {};
  for (const { property, name, in: place } of route.parameters) {
    const given = place === 'path' ? c.req.param(name) : place === 'header' ? c.req.header(name) : query[name];
    const texts = given === undefined ? [] : [given].flat();
    const schema = route.input.properties?.[property] ?? {};
    if (texts.length > 0) input[property] = coerceText(texts, schema, route.input);
    else delete input[property];
  }
  const resumeAfter = route.type === 'subscription' ? c.req.header('last-event-id') : undefined;
  if (resumeAfter && route.input.properties?.[RESUME_PROPERTY]) input[RESUME_PROPERTY] = resumeAfter;
  return input;
}

async function readBody<E extends Env>(
  c: Context<E>,
  route: Route,
  readJson: ReadJson<E>,
): Promise<Record<string, unknown>> {
  if (!hasBody(c)) return {};
  const contentType = c.req.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (contentType !== 'application/json' && !contentType.endsWith('+json')) {
    throw new TRPCError({ code: 'UNSUPPORTED_MEDIA_TYPE', message: 'Send the body as application/json.' });
  }
  const { value } = await readJson(c, route);
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TRPCError({ code: 'BAD_REQUEST', message: 'The body must be a JSON object.' });
  }
  // Properties from the path or headers are not read from the body.
  const coerced = coerceJson(value, route.input, route.input) as Record<string, unknown>;
  const { parameters } = route;
  refuseUnknown(Object.keys(coerced), route);
  return Object.fromEntries(
    Object.entries(coerced).filter(([key]) => !parameters.some(({ property }) => property === key)),
  );
}

const MAX_ISSUES = 20;

/**
 * Rejects unknown fields; otherwise a misspelled field would be silently ignored. @throws TRPCError that names the
 * fields.
 */
function refuseUnknown(keys: readonly string[], { bodyProperties, parameters }: Route): void {
  const known = [...bodyProperties, ...parameters.map(({ property }) => property)];
  const unknown = keys.filter((key) => !known.includes(key)).slice(0, MAX_ISSUES);
  if (unknown.length === 0) return;
  const issues = unknown.map((key) => {
    const [suggestion] = nearest(key, bodyProperties);
    const message = suggestion === undefined ? 'Unknown field.' : `Unknown field. Did you mean "${suggestion}"?`;
    return { code: 'custom' as const, path: [key.slice(0, MAX_KEY_LENGTH)], message, input: undefined };
  });
  throw new TRPCError({
    code: 'BAD_REQUEST',
    message: 'Unknown fields in the body.',
    cause: new z.ZodRealError(issues),
  });
}

const MAX_KEY_LENGTH = 100;

/** HTTP signals a body with one of two headers. In-process requests have neither. */
function hasBody(c: Context): boolean {
  const length = c.req.header('content-length');
  if (length !== undefined) return length !== '0';
  return c.req.header('transfer-encoding') !== undefined || c.req.raw.body !== null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TRPCError({ code: 'BAD_REQUEST', message: `The body is not valid JSON: ${reason}`, cause });
  }
}
