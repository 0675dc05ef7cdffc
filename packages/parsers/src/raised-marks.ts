import { appendLowered, appendRaised } from './raised-text.ts';

// Noncharacters, which no text contains, mark raised and lowered text until its surroundings are known.
const RAISE = '\ufdd0';
const RAISE_END = '\ufdd1';
const LOWER = '\ufdd2';
const LOWER_END = '\ufdd3';

export function markRaised(text: string): string {
  return text === '' ? '' : `${RAISE}${text}${RAISE_END}`;
}

export function markLowered(text: string): string {
  return text === '' ? '' : `${LOWER}${text}${LOWER_END}`;
}

function joinRaised(before: string, raised: string, after: string): string {
  // The numerator of a fraction: 3 1/2.
  if (/^[/⁄]/.test(after) && /^\d+$/.test(raised)) return `${before}${/\d$/.test(before) ? ' ' : ''}${raised}`;
  if (before === '' || /[\s/⁄]$/.test(before) || raised.trim() === '') return before + raised;
  const joined = appendRaised(before, raised);
  return /\s$/.test(raised) || (/^[\p{L}\p{N}]/u.test(after) && /[\p{L}\p{N}\])]$/u.test(joined))
    ? `${joined} `
    : joined;
}

/** Resolves the marks: 10^3, x^2, 230 [1] for a note, 1st, H2O, 3 1/2. Raised digits never touch a number. */
export function resolveRaised(text: string): string {
  if (!text.includes(RAISE) && !text.includes(LOWER)) return text;
  const joined = text.replaceAll(RAISE_END + RAISE, '').replaceAll(LOWER_END + LOWER, '');
  let resolved = '';
  let at = 0;
  while (at < joined.length) {
    const raise = joined.indexOf(RAISE, at);
    const lower = joined.indexOf(LOWER, at);
    const start = raise < 0 ? lower : lower < 0 ? raise : Math.min(raise, lower);
    if (start < 0) break;
    const isRaised = start === raise;
    const end = joined.indexOf(isRaised ? RAISE_END : LOWER_END, start);
    if (end < 0) break;
    resolved += joined.slice(at, start);
    const body = joined.slice(start + 1, end);
    // Only the last characters decide, so that long texts stay fast.
    const cut = Math.max(0, resolved.length - 40);
    const before = resolved.slice(cut);
    const after = joined.slice(end + 1, end + 2);
    resolved = resolved.slice(0, cut) + (isRaised ? joinRaised(before, body, after) : appendLowered(before, body));
    at = end + 1;
  }
  return (resolved + joined.slice(at)).replace(/[\ufdd0-\ufdd3]/g, '');
}
