import { StreamFilter } from './stream-filter.ts';

/** Tags that are dangerous even without attributes. */
const ACTIVE_TAG = /^(?:script|style|svg|math|iframe|object|embed|form|base|meta|link)$/i;
/** Maximum length of a tag name. */
const MAX_TAG_NAME = 24;
const TAG_START = /[a-z/!?]/i;
const TAG_NAME = /^<\/?([a-z][a-z0-9-]*)/i;
const SAFE_AUTOLINK = /^<(?:https?|mailto):/i;
const SCHEME = /^<[a-z][a-z0-9+.-]{1,31}:/i;
const FENCE = /^(`{3,}|~{3,})/;
/** Characters that need a decision: the end of a link text or label, and the start of a tag. */
const DECISIVE = /[\]<\n\r]/g;
const FENCE_CHARACTER = /^[ `~]/;
const BLOCK_MARKS = /^[\s>*+\-\d.)]*$/;
const FORMULAS = /\$\$|\\\[/;

/**
 * Neutralizes remote content in an answer while it streams. Inline links and images become `[text] (target)`, link
 * definitions become `[label] : target`, and HTML tags with attributes become text. Targets stay readable, nothing is
 * removed, and code blocks are unchanged.
 */
export class RemoteContentFilter extends StreamFilter {
  /** Where characters were added: the offset of the character before them, and their number so far. */
  private readonly additions: { at: number; total: number }[] = [];
  /** Length of the text that was read. */
  private read = 0;
  /** The line so far, if it may be a code fence. */
  private line: string[] = [];
  private mayBeFence = false;
  /** Only list and quote markers so far, so a tag would start an HTML block. */
  private isLineStart = true;
  private fence: string | null = null;
  /** Inside a math block, where a fence has no meaning. */
  private hasFormulas = false;
  /** The last character of the previous piece. */
  private previous = '';

  protected rewrite(text: string, isEnd: boolean): { rewritten: string; length: number } {
    let out = '';
    let at = 0;
    while (at < text.length) {
      DECISIVE.lastIndex = at;
      const next = DECISIVE.exec(text)?.index ?? text.length;
      const plain = text.slice(at, next);
      out += plain;
      this.noteLine(plain);
      at = next;
      if (at === text.length) break;
      if (text[at] === '\n' || text[at] === '\r') {
        this.endLine();
        out += text[at];
        at += 1;
        continue;
      }
      const piece = text[at] === ']' ? this.afterBracket(text, at, isEnd) : this.afterAngle(text, at, isEnd);
      if (piece === null) break;
      out += piece;
      if (piece.length > 1) this.noteAddition(this.read + at, piece.length - 1);
      this.noteLine(text[at] as string);
      at += 1;
    }
    this.read += at;
    return { rewritten: out, length: at };
  }

  /** Offset in the filtered text of a character of the text. */
  toFiltered(offset: number): number {
    let low = 0;
    let high = this.additions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.additions[middle]?.at ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return offset + (this.additions[low - 1]?.total ?? 0);
  }

  /**
   * Replacement of a `]`; null if the next character isn't known yet. A space before `(` or `:` makes it plain text.
   */
  private afterBracket(text: string, at: number, isEnd: boolean): string | null {
    const next = text[at + 1];
    if (this.isInCode()) return ']';
    if (next === undefined) return isEnd ? ']' : null;
    return next === '(' || next === ':' ? '] ' : ']';
  }

  /** Replacement of a `<`; null if it isn't known yet whether a tag starts. */
  private afterAngle(text: string, at: number, isEnd: boolean): string | null {
    const candidate = text.slice(at, at + 2 + MAX_TAG_NAME + 1);
    if (this.isInCode()) return '<';
    if (candidate.length > 1 && !TAG_START.test(candidate[1] as string)) return '<';
    const isWhole = isEnd || candidate.length > 2 + MAX_TAG_NAME || /[^<a-z0-9/+.-]/i.test(candidate);
    if (!isWhole) return null;
    return isHarmless(candidate, this.isLineStart) ? '<' : '&lt;';
  }

  private noteAddition(at: number, count: number): void {
    this.additions.push({ at, total: (this.additions.at(-1)?.total ?? 0) + count });
  }

  private noteLine(text: string): void {
    if (text === '') return;
    if (this.line.length === 0) this.mayBeFence = FENCE_CHARACTER.test(text);
    if (this.mayBeFence || this.line.length === 0) this.line.push(text);
    this.isLineStart &&= BLOCK_MARKS.test(text);
    if (this.fence === null) this.hasFormulas ||= FORMULAS.test(this.previous + text);
    this.previous = text.slice(-1) || this.previous;
  }

  private endLine(): void {
    const line = this.line.join('');
    const marks = FENCE.exec(line)?.[1];
    if (this.fence === null) {
      // If there are more backticks on the line, it is inline code.
      if (marks && !(marks.startsWith('`') && line.slice(marks.length).includes('`'))) this.fence = marks;
    } else if (isClosing(line, this.fence)) this.fence = null;
    this.line = [];
    this.isLineStart = true;
  }

  private isInCode(): boolean {
    return this.fence !== null && !this.hasFormulas;
  }
}

function isClosing(line: string, fence: string): boolean {
  const marks = line.trim();
  return /^ {0,3}\S/.test(line) && marks.length >= fence.length && marks === fence.charAt(0).repeat(marks.length);
}

/** Tags without attributes such as `<b>`, types such as `<T>`, and autolinks. */
function isHarmless(candidate: string, isLineStart: boolean): boolean {
  if (SAFE_AUTOLINK.test(candidate)) return true;
  if (SCHEME.test(candidate)) return false;
  const name = TAG_NAME.exec(candidate)?.[1];
  if (name === undefined) return !/^<[!?/]/.test(candidate);
  if (isLineStart || ACTIVE_TAG.test(name) || name.length > MAX_TAG_NAME) return false;
  const isClosingTag = candidate[1] === '/';
  const after = candidate[name.length + (isClosingTag ? 2 : 1)];
  return after !== undefined && !/[\s/]/.test(after);
}

/** Filters a complete text. */
export function removeRemoteContent(text: string): string {
  const filter = new RemoteContentFilter();
  return filter.push(text) + filter.finish();
}
