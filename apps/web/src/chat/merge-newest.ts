interface Identified {
  /** Ids sort by time. */
  id: string;
}

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/**
 * Merges the newest items of a list, newest first, into its loaded pages: changed items are replaced, new ones are added,
 * and those that are gone from the range of `newest` are removed. `isWhole` says that there are no older items.
 */
export function mergeNewest<Item extends Identified>(
  loaded: readonly Page<Item>[],
  newest: readonly Item[],
  isWhole: boolean,
): Page<Item>[] {
  const fresh = new Map(newest.map((item) => [item.id, item]));
  const oldest = newest.at(-1)?.id ?? '';
  const isKept = ({ id }: Item) => fresh.has(id) || (!isWhole && id < oldest);
  const known = new Set(loaded.flatMap(({ items }) => items.map(({ id }) => id)));
  const added = newest.filter(({ id }) => !known.has(id));
  return loaded.map((page, i) => {
    const kept = page.items.filter(isKept).map((item) => fresh.get(item.id) ?? item);
    return { ...page, items: i === 0 ? [...added, ...kept] : kept };
  });
}
