import type { UnsupportedSentence } from '@lorebox/contract/chat';

/**
 * Citation markers and flags travel through the Markdown parser as private-use characters, because `[1]: text` would be
 * a link definition and flags have no Markdown form.
 */
const CITE_OPEN = '\uE000';
const CITE_CLOSE = '\uE001';
const FLAG_OPEN = '\uE002';
const FLAG_CLOSE = '\uE003';
const PRIVATE = /[\uE000-\uE003]/g;
const MARKER = /\[(\d{1,3}(?:, ?\d{1,3}){0,9})\]/g;
const ENCODED = /\uE000([\d, ]+)\uE001|\uE002(\d+)\uE003/g;

export type TextPart =
  | { type: 'text'; text: string }
  | { type: 'cite'; numbers: number[] }
  | { type: 'flag'; index: number };

/** Encodes the markers of known citations and the ends of unsupported sentences. Offsets refer to `text`. */
export function encodeMarkers(
  text: string,
  known: ReadonlySet<number>,
  unsupported: readonly UnsupportedSentence[] = [],
): string {
  // One character for another, so that offsets stay right.
  let marked = text.replace(PRIVATE, ' ');
  const flags = unsupported.map(({ end }, index) => ({ end, index })).sort((a, b) => b.end - a.end);
  for (const { end, index } of flags) {
    const at = Math.min(end, marked.length);
    marked = `${marked.slice(0, at)}${FLAG_OPEN}${index}${FLAG_CLOSE}${marked.slice(at)}`;
  }
  return marked.replace(MARKER, (marker, numbers: string) =>
    numbers.split(',').every((number) => known.has(Number(number))) ? `${CITE_OPEN}${numbers}${CITE_CLOSE}` : marker,
  );
}

/** Turns encoded markers back to what the model wrote, for code. */
export function decodeMarkers(text: string): string {
  return text.replace(ENCODED, (_match, numbers: string | undefined) => (numbers === undefined ? '' : `[${numbers}]`));
}

/** Splits a text into plain parts, citations and flags. */
export function splitMarkers(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let last = 0;
  for (const match of text.matchAll(ENCODED)) {
    if (match.index > last) parts.push({ type: 'text', text: text.slice(last, match.index) });
    const [whole, numbers, flag] = match;
    if (numbers !== undefined) parts.push({ type: 'cite', numbers: numbers.split(',').map(Number) });
    else parts.push({ type: 'flag', index: Number(flag) });
    last = match.index + whole.length;
  }
  if (last < text.length) parts.push({ type: 'text', text: text.slice(last) });
  return parts;
}
