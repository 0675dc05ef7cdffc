import type { Page, PageInput } from '@lorebox/contract/page';
import { z } from 'zod';
import { type Call, check } from './call.ts';
import { badRequest } from './errors.ts';

const MAX_LIMIT = 200;
const Query = z.object({
  limit: z.coerce.number().int().min(1).default(MAX_LIMIT),
  after: z.string().min(1).max(200).optional(),
});

/** List parameters. Our lists use cursors like OpenAI's, but support only one order; the other order is rejected. */
export function readPage({ c }: Call, order: 'asc' | 'desc'): PageInput {
  const wanted = c.req.query('order');
  if (wanted !== undefined && wanted !== order)
    throw badRequest(`This list only supports the order "${order}".`, 'order');
  if (c.req.query('before')) throw badRequest('This list doesn\'t support "before". Use "after".', 'before');
  const { limit, after } = check(Query, c.req.query());
  return { limit: Math.min(limit, MAX_LIMIT), cursor: after };
}

export function toList<T extends { id: string }>(data: T[], { nextCursor }: Pick<Page<unknown>, 'nextCursor'>) {
  const [first, last] = [data[0]?.id ?? null, data.at(-1)?.id ?? null];
  return { object: 'list', data, first_id: first, last_id: last, has_more: nextCursor !== null };
}
