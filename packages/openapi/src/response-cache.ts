import type { Context, Env } from 'hono';

/** The answer of a GET query, apart from what belongs to the one request. */
export interface CachedResponse {
  body: string;
  tag: string;
  /** To the next page. */
  link: string | null;
}

/**
 * Answers that need not be made anew. `find` has to refuse, as the procedure would, a caller who may not have it any more.
 * Queries with `meta.openapi.volatile` are never kept.
 */
export interface ResponseCache<E extends Env> {
  /** One that still holds for this caller and this address; null to have it made. */
  find(c: Context<E>): Promise<CachedResponse | null>;
  /** Called before an answer is made; gives what `keep` is told, such as the version of the data. */
  begin(): unknown;
  keep(c: Context<E>, begun: unknown, answer: CachedResponse): void;
}
