const NAMES: readonly string[] = ['think', 'thinking', 'thought', 'reasoning'];
/** Longest tag with attributes, in characters. Longer ones are text. */
const MAX_TAG_LENGTH = 200;

export interface Tag {
  kind: 'opening' | 'closing' | 'incomplete';
  /** In lowercase; empty for an incomplete tag. */
  name: string;
  start: number;
  end: number;
}

/** Returns the tag at the start of the text, after blanks; "incomplete" if more text could make it one. */
export function readOpeningTag(text: string): Tag | 'incomplete' | null {
  const start = text.length - text.trimStart().length;
  if (start === text.length) return 'incomplete';
  if (text[start] !== '<') return null;
  const tag = readTag(text, start);
  if (tag?.kind === 'incomplete') return text[start + 1] === '/' ? null : 'incomplete';
  return tag?.kind === 'opening' ? tag : null;
}

/** Returns the first tag at or after `from`. An incomplete one is at the end of the text. */
export function findTag(text: string, from: number): Tag | null {
  for (let start = text.indexOf('<', from); start >= 0; start = text.indexOf('<', start + 1)) {
    const tag = readTag(text, start);
    if (tag) return tag;
  }
  return null;
}

/** Reads `<name attributes>` or `</name >` at `start`, where a "<" is. */
function readTag(text: string, start: number): Tag | null {
  const isClosing = text[start + 1] === '/';
  const nameStart = start + (isClosing ? 2 : 1);
  let at = nameStart;
  while (at < text.length && isLetter(text.charCodeAt(at))) at += 1;
  const name = text.slice(nameStart, at).toLowerCase();
  const incomplete: Tag = { kind: 'incomplete', name: '', start, end: text.length };
  if (at === text.length) return NAMES.some((known) => known.startsWith(name)) ? incomplete : null;
  if (!NAMES.includes(name)) return null;
  const end = readTagEnd(text, at, { isClosing, limit: start + MAX_TAG_LENGTH });
  if (end === null) return null;
  return end === 'incomplete' ? incomplete : { kind: isClosing ? 'closing' : 'opening', name, start, end };
}

function readTagEnd(
  text: string,
  from: number,
  { isClosing, limit }: { isClosing: boolean; limit: number },
): number | 'incomplete' | null {
  if (text[from] === '>') return from + 1;
  if (!isBlank(text[from])) return null;
  for (let at = from; at < text.length && at < limit; at += 1) {
    if (text[at] === '>') return at + 1;
    if (text[at] === '<' || (isClosing && !isBlank(text[at]))) return null;
  }
  return text.length < limit ? 'incomplete' : null;
}

function isLetter(code: number): boolean {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r';
}
