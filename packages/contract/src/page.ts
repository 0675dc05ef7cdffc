import { z } from 'zod';

function pageInput(cursor: RegExp) {
  return z.object({
    cursor: z
      .string()
      .regex(cursor, 'must be the nextCursor of a page')
      .optional()
      .describe('`nextCursor` of the previous page. Omit for the first page.'),
    limit: z.number().int().min(1).max(200).default(50).describe('Items per page, 1 to 200.'),
  });
}

/** Input of every list: at most `limit` items after `cursor`, which is the `nextCursor` of the previous page. */
export const PageInput = pageInput(/^[a-z]{2,4}_[0-9a-z]{26}$/);
/** The same for threads, which are sorted by what they are and not by id. */
export const ThreadPageInput = pageInput(/^[01]\.\d{1,15}\.thr_[0-9a-z]{26}$/);
/** The same for lists with numbered items. */
export const NumberedPageInput = pageInput(/^\d{1,15}$/);
export type PageInput = z.infer<typeof PageInput>;

export const SortOrder = z.enum(['asc', 'desc']).meta({ id: 'SortOrder' });
export type SortOrder = z.infer<typeof SortOrder>;

/** Id of the last received event, for streams with numbered events. */
export const EventNumber = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number')
  .describe(
    'Id of the last received event; the stream continues after it. If omitted, the stream starts at its beginning.',
  );

/** One page of a list; `nextCursor` is null on the last page. OpenAPI names the schema "<id>Page" if the items have an id. */
export function pageOf<T extends z.ZodType>(item: T) {
  const plain = z.object({ items: z.array(item), nextCursor: z.string().nullable() });
  const name = item.meta()?.id;
  return name === undefined ? plain : plain.meta({ id: `${name}Page` });
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
