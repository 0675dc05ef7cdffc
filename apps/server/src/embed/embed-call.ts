import { SESSION_HEADER } from '@lorebox/contract/embed';
import { AppError } from '@lorebox/contract/errors';
import type { Widget } from '@lorebox/contract/widget';
import { findEmbed, isAllowedOrigin, type PageOrigin, requireEnabled } from '@lorebox/core/embed/open-widget';
import { resolveVisitor, type Visitor } from '@lorebox/core/embed/session';
import type { Context } from 'hono';
import type { z } from 'zod';
import type { HttpEnv } from '../http/http-env.ts';
import type { ServerContext } from '../http/server-context.ts';
import type { EmbedAction, EmbedLimits } from './embed-limits.ts';
import { pageOriginOf } from './page-origin.ts';
import { parseInput } from './parse-input.ts';

/** A question of 4,000 characters has at most 16 KB. */
const MAX_BODY_BYTES = 32 * 1024;

/** One request of a page with a widget. */
export interface EmbedCall {
  c: Context<HttpEnv>;
  widget: Widget;
  page: PageOrigin;
}

/**
 * Checks the origin, and allows the page to read the response. Cookies and keys are never read here, and the browser
 * doesn't send cookies, because credentials are not allowed.
 * @throws AppError NOT_FOUND, FORBIDDEN or RATE_LIMITED.
 */
export async function openCall(
  c: Context<HttpEnv>,
  { core, state }: ServerContext,
  limits: EmbedLimits,
  action: EmbedAction,
): Promise<EmbedCall> {
  c.header('vary', 'origin');
  limits.take('read', c.get('address'));
  const page = pageOriginOf(c.req.raw.headers, state.ownOrigins);
  const widget = await findEmbed(core, c.req.param('widgetId') ?? '');
  if (!isAllowedOrigin(widget, page)) {
    const help = `Add it to the allowed origins of the widget. /embed/${widget.id}/test explains more.`;
    throw new AppError('FORBIDDEN', `This widget may not be used on ${page.origin}. ${help}`);
  }
  if (page.kind === 'page') {
    c.header('access-control-allow-origin', page.origin);
    c.header('access-control-expose-headers', 'retry-after, x-request-id');
  }
  if (action !== 'read') limits.take(action, c.get('address'));
  if (c.req.method !== 'OPTIONS') requireEnabled(widget);
  return { c, widget, page };
}

/** @throws AppError UNAUTHENTICATED */
export function visitorOf({ c, widget }: EmbedCall, { core }: ServerContext): Promise<Visitor> {
  const origin = { address: c.get('address'), requestId: c.get('requestId') };
  return resolveVisitor(core, widget, c.req.header(SESSION_HEADER), origin);
}

/** Reads the body. The caller has checked the origin and, where there is one, the session. */
export async function readInput<T extends z.ZodType>(
  { c }: EmbedCall,
  { bodies }: ServerContext,
  schema: T,
): Promise<z.infer<T>> {
  const { value } = await bodies.readJson(c, MAX_BODY_BYTES);
  return parseInput(schema, value);
}
