import type { Context as CallContext } from '@lorebox/api/trpc';
import type { Actor } from '@lorebox/contract/actor';
import type { Core } from '@lorebox/core/core';
import type { Context } from 'hono';
import type { z } from 'zod';
import { type BodyReader, MAX_CALL_BYTES } from '../http/body/body-reader.ts';
import type { HttpEnv } from '../http/http-env.ts';
import type { FormLimits } from '../http/stage-form.ts';
import { badRequest } from './errors.ts';
import { withoutNulls } from './without-nulls.ts';

/** An authenticated request to the OpenAI API. */
export interface Call {
  c: Context<HttpEnv>;
  core: Core;
  actor: Actor;
  context: CallContext;
  bodies: BodyReader;
  /** For requests with long texts or images. */
  maxBodyBytes: number;
  formLimits: FormLimits;
  /** Public URL of this server, without a trailing slash. */
  origin: string;
}

/**
 * Parses the JSON body. Unknown fields are dropped, and null counts as absent. @throws OpenAiError with the first
 * invalid field.
 */
export async function readBody<T>(
  { c, bodies }: Call,
  schema: z.ZodType<T>,
  maxBytes: number = MAX_CALL_BYTES,
): Promise<T> {
  const { value } = await bodies.readJson(c, maxBytes);
  return check(schema, withoutNulls(value));
}

/** @throws OpenAiError with the first invalid value. */
export function check<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const param = issue && issue.path.length > 0 ? pathOf(issue.path) : null;
  throw badRequest([param, issue?.message].filter((part) => part).join(': '), param);
}

/** ["messages", 0, "role"] -> "messages[0].role", the OpenAI notation. */
function pathOf(path: readonly PropertyKey[]): string {
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i > 0 ? '.' : ''}${String(key)}`)).join('');
}

/** Unix time in whole seconds, as in all OpenAI objects. */
export function toSeconds(at: Date | number): number {
  return Math.floor(Number(at) / 1000);
}
