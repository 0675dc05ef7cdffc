/** `[1]`, `[1, 2]`, `[1-3]`, `[Source 2]`, `【3】`, also with a caret; captures what is inside. */
const MARKER = /^[[【]\^?\s*(?:sources?|quellen?|refs?\.?)?\s*(\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)[^\]】]{0,20}[\]】]$/iu;
const LONGEST_MARKER = 48;

/**
 * Cleans the markers of an answer while it streams: each becomes `[n]`, one number each, and numbers without a source
 * disappear. What may still become a marker is held back, so that what was sent never has to be taken back.
 */
export class CitationFilter {
  private readonly known: ReadonlySet<number>;
  private held = '';

  constructor(known: ReadonlySet<number>) {
    this.known = known;
  }

  push(text: string): string {
    this.held += text;
    return this.release(false);
  }

  /** What is left once the answer has ended. */
  finish(): string {
    return this.release(true);
  }

  private release(isEnd: boolean): string {
    let out = '';
    while (this.held !== '') {
      const open = this.held.search(/\s?[[【]/u);
      if (open < 0) {
        const keep = !isEnd && /\s$/u.test(this.held) ? 1 : 0; // a space may belong to a marker that is dropped
        out += this.held.slice(0, this.held.length - keep);
        this.held = this.held.slice(this.held.length - keep);
        return out;
      }
      out += this.held.slice(0, open);
      this.held = this.held.slice(open);
      const close = this.held.search(/[\]】]/u);
      const isOpenEnded = close < 0 && this.held.length < LONGEST_MARKER && !/[[【].*\n/u.test(this.held);
      if (isOpenEnded && !isEnd) return out;
      const length = close < 0 || close >= LONGEST_MARKER ? (/[[【]/u.exec(this.held)?.index ?? 0) + 1 : close + 1;
      out += this.rewrite(this.held.slice(0, length));
      this.held = this.held.slice(length);
    }
    return out;
  }

  private rewrite(candidate: string): string {
    const space = /^\s/u.exec(candidate)?.[0] ?? '';
    const inside = MARKER.exec(candidate.slice(space.length))?.[1];
    if (inside === undefined) return candidate;
    const numbers = inside
      .split(/\s*[,;]\s*/)
      .flatMap(expandRange)
      .filter((n) => this.known.has(n));
    return numbers.length === 0 ? '' : space + numbers.map((n) => `[${n}]`).join('');
  }
}

function expandRange(part: string): number[] {
  const [from = 0, to = from] = part.split(/\s*[–-]\s*/).map(Number);
  return to < from || to - from > 20 ? [from] : Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
