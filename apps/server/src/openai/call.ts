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

/** One request to the OpenAI surface, its caller known. */
export interface Call {
  c: Context<HttpEnv>;
  core: Core;
  actor: Actor;
  context: CallContext;
  bodies: BodyReader;
  /** Of requests that carry long texts or pictures. */
  maxBodyBytes: number;
  formLimits: FormLimits;
  /** Public address of this server, without a slash at its end. */
  origin: string;
}

/** The JSON body; unknown fields are dropped, and null counts as left out. @throws OpenAiError that names the first field that is wrong. */
export async function readBody<T>(
  { c, bodies }: Call,
  schema: z.ZodType<T>,
  maxBytes: number = MAX_CALL_BYTES,
): Promise<T> {
  const { value } = await bodies.readJson(c, maxBytes);
  return check(schema, withoutNulls(value));
}

/** @throws OpenAiError that names the first value that is wrong. */
export function check<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const param = issue && issue.path.length > 0 ? pathOf(issue.path) : null;
  throw badRequest([param, issue?.message].filter((part) => part).join(': '), param);
}

/** ["messages", 0, "role"] -> "messages[0].role", as OpenAI writes it. */
function pathOf(path: readonly PropertyKey[]): string {
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i > 0 ? '.' : ''}${String(key)}`)).join('');
}

/** Whole seconds since the epoch, which is what every object of OpenAI carries. */
export function toSeconds(at: Date | number): number {
  return Math.floor(Number(at) / 1000);
}
