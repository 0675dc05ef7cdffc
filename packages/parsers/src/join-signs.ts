const CURRENCY = /^[$€£¥]?\s?\(?$/;
const AMOUNT = /^\(?(?:[$€£¥]\s?)?(?:\d|[—–-]$)/;

/**
 * Joins the currency and the closing bracket of an amount with it, which financial statements put in cells of their own.
 * All cells keep their column.
 */
export function joinSigns(cells: readonly string[]): string[] {
  const joined = [...cells];
  for (const [at, cell] of cells.entries()) {
    const text = cell.trim();
    if (text === '') continue;
    const next = (joined[at + 1] ?? '').trim();
    const before = (joined[at - 1] ?? '').trim();
    if (CURRENCY.test(text) && AMOUNT.test(next)) {
      joined[at + 1] = text + next;
      joined[at] = '';
    } else if (/^\)?%?\)?$/.test(text) && /\d$/.test(before) && (before.includes('(') || !text.includes(')'))) {
      joined[at - 1] = before + text;
      joined[at] = '';
    }
  }
  return joined;
}
