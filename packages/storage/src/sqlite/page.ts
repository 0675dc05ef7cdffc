import type { Page } from '@lorebox/contract/page';

/** Converts `limit + 1` fetched rows to a page. The cursor is the id of its last row. */
export function toPage<Row, Item>(
  rows: Row[],
  limit: number,
  toItem: (row: Row) => Item,
  cursorOf: (row: Row) => string | number,
): Page<Item> {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return { items: kept.map(toItem), nextCursor: rows.length > limit && last ? String(cursorOf(last)) : null };
}
