import { StreamFilter } from './stream-filter.ts';

/** `[1]`, `[1, 2]`, `[1-3]`, `[Source 2]`, `【3】`, also with a caret; captures what is inside. */
// bounded-regex: matched text has at most MAX_MARKER_LENGTH characters
const MARKER = /^[[【]\^?\s*(?:sources?|quellen?|refs?\.?)?\s*(\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)[^\]】]{0,20}[\]】]$/iu;
const MAX_MARKER_LENGTH = 48;
const SPACE = /\s/u;
const BRACKET = /[[【]/gu;
const CLOSER = /[\]】]/u;

/**
 * Normalizes the citation markers of an answer while it streams: each becomes `[n]` with one number, and unknown
 * numbers are removed. Text that may become a marker is held back, so that nothing has to be changed after it was sent.
 */
export class CitationFilter extends StreamFilter {
  private readonly known: ReadonlySet<number>;

  constructor(known: ReadonlySet<number>) {
    super();
    this.known = known;
  }

  protected rewrite(text: string, isEnd: boolean): { rewritten: string; length: number } {
    let out = '';
    let at = 0;
    while (at < text.length) {
      const bracket = nextBracket(text, at);
      if (bracket < 0) {
        const keep = !isEnd && SPACE.test(text.charAt(text.length - 1)) ? 1 : 0; // it may belong to a marker that is dropped
        out += text.slice(at, text.length - keep);
        at = text.length - keep;
        break;
      }
      const open = bracket > at && SPACE.test(text.charAt(bracket - 1)) ? bracket - 1 : bracket;
      out += text.slice(at, open);
      at = open;
      const candidate = text.slice(open, open + MAX_MARKER_LENGTH);
      const close = candidate.search(CLOSER);
      const isCutOff = candidate.length < MAX_MARKER_LENGTH && !candidate.includes('\n', bracket - open);
      if (close < 0 && isCutOff && !isEnd) break;
      const length = close < 0 ? bracket - open + 1 : close + 1;
      out += this.cleanMarker(candidate.slice(0, length));
      at += length;
    }
    return { rewritten: out, length: at };
  }

  private cleanMarker(candidate: string): string {
    const space = /^\s/u.exec(candidate)?.[0] ?? '';
    const inside = MARKER.exec(candidate.slice(space.length))?.[1];
    if (inside === undefined) return candidate;
    const numbers = inside
      .split(/[,;]/)
      .flatMap(expandRange)
      .filter((n) => this.known.has(n));
    return numbers.length === 0 ? '' : space + numbers.map((n) => `[${n}]`).join('');
  }
}

function nextBracket(text: string, from: number): number {
  BRACKET.lastIndex = from;
  return BRACKET.exec(text)?.index ?? -1;
}

function expandRange(part: string): number[] {
  const [from = 0, to = from] = part.split(/[–-]/).map(Number);
  return to < from || to - from > 20 ? [from] : Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
