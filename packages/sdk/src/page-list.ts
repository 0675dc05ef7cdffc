import type { Page } from '@lorebox/contract/page';

/**
 * A paginated list. `await` it to get the first page, or loop over it to get all items; further pages are fetched
 * as needed.
 */
export class PageList<T> implements PromiseLike<Page<T>>, AsyncIterable<T> {
  private readonly load: (cursor: string | undefined) => Promise<Page<T>>;
  private readonly first: string | undefined;

  /** @internal */
  constructor(load: (cursor: string | undefined) => Promise<Page<T>>, first?: string) {
    this.load = load;
    this.first = first;
  }

  // biome-ignore lint/suspicious/noThenProperty: `await list` returns the first page
  then<A = Page<T>, B = never>(
    onFulfilled?: ((page: Page<T>) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.load(this.first).then(onFulfilled, onRejected);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for await (const page of this.pages()) yield* page.items;
  }

  /**
   * Iterates over the pages.
   * @example
   * for await (const { items, nextCursor } of lorebox.workspaces.list({ limit: 2 }).pages()) console.log(items.length, nextCursor);
   */
  async *pages(): AsyncGenerator<Page<T>> {
    let cursor = this.first;
    do {
      const page = await this.load(cursor);
      yield page;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }

  /**
   * Returns all items, or the first `limit` items.
   * @example
   * const newest = await lorebox.documents.list('demo').toArray(10);
   */
  async toArray(limit = Number.POSITIVE_INFINITY): Promise<T[]> {
    const items: T[] = [];
    if (limit <= 0) return items;
    for await (const item of this) {
      items.push(item);
      if (items.length >= limit) break;
    }
    return items;
  }
}
