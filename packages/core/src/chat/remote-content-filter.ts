import { StreamFilter } from './stream-filter.ts';

/** Tags that fetch, run or link something even without attributes of their own that look dangerous. */
const ACTIVE_TAG = /^(?:script|style|svg|math|iframe|object|embed|form|base|meta|link)$/i;
/** A longer name is no tag that anybody needs. */
const MAX_TAG_NAME = 24;
const TAG_START = /[a-z/!?]/i;
const TAG_NAME = /^<\/?([a-z][a-z0-9-]*)/i;
const SAFE_AUTOLINK = /^<(?:https?|mailto):/i;
const SCHEME = /^<[a-z][a-z0-9+.-]{1,31}:/i;
const FENCE = /^(`{3,}|~{3,})/;
/** What decides: the end of a link text or label, or the beginning of a tag. */
const DECISIVE = /[\]<\n\r]/g;
const FENCE_CHARACTER = /^[ `~]/;
const BLOCK_MARKS = /^[\s>*+\-\d.)]*$/;
const FORMULAS = /\$\$|\\\[/;

/**
 * Takes from an answer what would make a browser fetch or follow something by itself, while it streams: inline links and images
 * become `[text] (target)`, link definitions `[label] : target`, HTML tags with attributes text. Targets stay readable, nothing is
 * lost, and code blocks are left alone.
 */
export class RemoteContentFilter extends StreamFilter {
  /** The pieces of the line so far, where it may be a fence. */
  private line: string[] = [];
  private mayBeFence = false;
  /** Nothing but marks of lists and quotes so far: a tag here would begin a block of HTML. */
  private isLineStart = true;
  private fence: string | null = null;
  /** A block of formulas may hold a fence that is none. */
  private hasFormulas = false;
  /** The last character, for what two pieces have between them. */
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
      this.noteLine(text[at] as string);
      at += 1;
    }
    return { rewritten: out, length: at };
  }

  /** What a `]` becomes; null while the next character is not there. A space before `(` or `:` makes it text. */
  private afterBracket(text: string, at: number, isEnd: boolean): string | null {
    const next = text[at + 1];
    if (this.isInCode()) return ']';
    if (next === undefined) return isEnd ? ']' : null;
    return next === '(' || next === ':' ? '] ' : ']';
  }

  /** What a `<` becomes; null while it is not clear whether a tag begins. */
  private afterAngle(text: string, at: number, isEnd: boolean): string | null {
    const candidate = text.slice(at, at + 2 + MAX_TAG_NAME + 1);
    if (this.isInCode()) return '<';
    if (candidate.length > 1 && !TAG_START.test(candidate[1] as string)) return '<';
    const isWhole = isEnd || candidate.length > 2 + MAX_TAG_NAME || /[^<a-z0-9/+.-]/i.test(candidate);
    if (!isWhole) return null;
    return isHarmless(candidate, this.isLineStart) ? '<' : '&lt;';
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
      // Of backticks, the rest of the line may have none: then it is code within a line.
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

/** `<b>` and `</b>`, the type `<T>`, and addresses that show where they lead. */
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

/** A whole text at once. */
export function removeRemoteContent(text: string): string {
  const filter = new RemoteContentFilter();
  return filter.push(text) + filter.finish();
}
