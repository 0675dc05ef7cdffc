/** A part of a line. Citations hold the numbers of their passages. */
export type Inline =
  | { type: 'text'; text: string }
  | { type: 'code'; text: string }
  | { type: 'strong' | 'em'; children: Inline[] }
  | { type: 'link'; href: string; children: Inline[] }
  | { type: 'cite'; numbers: number[] }
  | { type: 'break' };

/** Emphasis and links deeper than this stay text. */
const MAX_DEPTH = 4;
/** How far the end of a part is looked for, so that the time stays linear. */
const MAX_SPAN = 1500;
const MAX_CITED = 10;
const ESCAPABLE = '\\`*_[]()#+-.!>|{}~';
const LINK_PROTOCOLS = ['http:', 'https:', 'mailto:'];

/** Returns the address of a link that is safe to open, else null. */
export function safeHref(href: string): string | null {
  const url = URL.canParse(href.trim()) ? new URL(href.trim()) : null;
  return url && LINK_PROTOCOLS.includes(url.protocol) ? url.href : null;
}

export function parseInline(line: string, depth = 0): Inline[] {
  const parts: Inline[] = [];
  let plain = '';
  let at = 0;
  const add = (part: Inline, end: number) => {
    if (plain !== '') parts.push({ type: 'text', text: plain });
    plain = '';
    parts.push(part);
    at = end;
  };
  while (at < line.length) {
    const character = line[at] ?? '';
    const next = line[at + 1] ?? '';
    if (character === '\\' && next !== '' && ESCAPABLE.includes(next)) {
      plain += next;
      at += 2;
      continue;
    }
    const found =
      character === '\n'
        ? ({ part: { type: 'break' }, end: at + 1 } as const)
        : character === '`'
          ? readCode(line, at)
          : character === '[' && depth < MAX_DEPTH
            ? readBracket(line, at, depth)
            : (character === '*' || character === '_') && depth < MAX_DEPTH
              ? readEmphasis(line, at, depth)
              : null;
    if (found) add(found.part, found.end);
    else {
      plain += character;
      at += 1;
    }
  }
  if (plain !== '') parts.push({ type: 'text', text: plain });
  return parts;
}

interface Found {
  part: Inline;
  end: number;
}

function find(line: string, what: string, from: number): number {
  const at = line.slice(from, from + MAX_SPAN).indexOf(what);
  return at < 0 ? -1 : from + at;
}

function readCode(line: string, at: number): Found | null {
  let length = 1;
  while (length < 4 && line[at + length] === '`') length += 1;
  const fence = '`'.repeat(length);
  const end = find(line, fence, at + length);
  if (end < 0) return null;
  return { part: { type: 'code', text: line.slice(at + length, end).trim() }, end: end + length };
}

/** A citation such as [1] or [1, 2], or a link. */
function readBracket(line: string, at: number, depth: number): Found | null {
  const close = find(line, ']', at + 1);
  if (close < 0) return null;
  const inner = line.slice(at + 1, close);
  if (line[close + 1] === '(') {
    const end = find(line, ')', close + 2);
    const href = end < 0 ? null : safeHref(line.slice(close + 2, end));
    if (href !== null) return { part: { type: 'link', href, children: parseInline(inner, depth + 1) }, end: end + 1 };
  }
  const numbers = inner.split(',').map((number) => number.trim());
  if (numbers.length > MAX_CITED || !numbers.every((number) => /^\d{1,3}$/.test(number))) return null;
  return { part: { type: 'cite', numbers: numbers.map(Number) }, end: close + 1 };
}

function readEmphasis(line: string, at: number, depth: number): Found | null {
  const sign = line[at] ?? '';
  const length = line[at + 1] === sign ? 2 : 1;
  const from = at + length;
  // Signs inside of words, as in snake_case and 2 * 3, are text.
  if (/\s/.test(line[from] ?? ' ') || (sign === '_' && /\w/.test(line[at - 1] ?? ''))) return null;
  const end = find(line, sign.repeat(length), from + 1);
  if (end < 0 || /\s/.test(line[end - 1] ?? ' ')) return null;
  const children = parseInline(line.slice(from, end), depth + 1);
  return { part: { type: length === 2 ? 'strong' : 'em', children }, end: end + length };
}
