import { CodeState } from './code-state.ts';
import { CONTEXT_AFTER, CONTEXT_BEFORE, isMarker } from './marker-context.ts';
import { type MarkerForm, readMarker } from './read-marker.ts';

/** A piece of an answer: text, or the numbers of a citation marker. */
export type AnswerPart =
  | { type: 'text'; text: string; isFenced: boolean }
  /** `space` is what separates the marker from the text before it. */
  | { type: 'marker'; numbers: number[]; space: string };

/** The start of a marker, as in `MARKER_START`, or of code, a formula or a line. */
const DECISIVE = /[[【［(<⁰¹²³⁴-⁹来來资資出情ソ출แ`~\n$\\]|(?<![\p{L}\p{M}\p{N}])\p{L}/gu;
const MAX_RUN = 64;
const SPACE = /\s/u;
const LETTER = /\p{L}/u;
const WORD_END = /[\p{L}\p{M}\p{N}]$/u;

/**
 * Finds the citation markers of an answer while it streams, and removes unknown numbers. Code, formulas and everything
 * else stay as they are. Text that may become a marker is held back, so that nothing has to be changed after it was sent.
 */
export class CitationFilter {
  private readonly known: ReadonlySet<number>;
  private readonly code = new CodeState();
  private held = '';
  /** The end of what was returned. */
  private before = '';
  private parts: AnswerPart[] = [];

  constructor(known: ReadonlySet<number>) {
    this.known = known;
  }

  /** Adds a piece of the text and returns the markers and the text that are final. */
  push(piece: string): AnswerPart[] {
    return this.read(this.held + piece, false);
  }

  /** Returns the rest. Call it when the text has ended. */
  finish(): AnswerPart[] {
    return this.read(this.held, true);
  }

  private read(text: string, isEnd: boolean): AnswerPart[] {
    this.parts = [];
    let at = 0;
    while (at < text.length) {
      DECISIVE.lastIndex = at;
      const match = DECISIVE.exec(text);
      if (!match) {
        // A final space may belong to a marker that is dropped.
        const hasSpace = !isEnd && SPACE.test(text.charAt(text.length - 1));
        const end = hasSpace ? text.length - 1 : text.length;
        this.emit(text.slice(at, end));
        at = end;
        break;
      }
      const hasSpace = match.index > at && SPACE.test(text.charAt(match.index - 1));
      const open = hasSpace ? match.index - 1 : match.index;
      this.emit(text.slice(at, open));
      at = open;
      const next = this.readDecisive(text, open, match, isEnd);
      if (next === null) break;
      at = next;
    }
    this.held = text.slice(at);
    return this.parts;
  }

  /** Reads what starts at the match, with the space before it. Null if more text is needed. */
  private readDecisive(text: string, open: number, match: RegExpExecArray, isEnd: boolean): number | null {
    const at = match.index;
    const character = text.charAt(at);
    if (character === '\n') return this.readLineBreak(text, open, at);
    if (character === '`' || character === '~') return this.readRun(text, open, at, isEnd);
    if (character === '$' || character === '\\') return this.readFormula(text, open, at, isEnd);
    const isBoundary = at > 0 || !LETTER.test(match[0]) || isUnspaced(match[0]) || !WORD_END.test(this.before);
    if (this.code.isVerbatim || !isBoundary) return this.emitUpTo(text, open, at + match[0].length);
    const form = readMarker(text, at, isEnd);
    if (form === 'more') return null;
    if (form === null) return this.emitUpTo(text, open, at + match[0].length);
    const after = text.slice(at + form.length, at + form.length + CONTEXT_AFTER);
    if (after.length < CONTEXT_AFTER && !isEnd) return null;
    const before = (this.before + text.slice(open, at)).slice(-CONTEXT_BEFORE);
    const numbers = isMarker(form, before, after) ? this.knownNumbers(form) : null;
    if (numbers === null) return this.emitUpTo(text, open, at + match[0].length);
    if (numbers.length > 0) {
      const space = text.slice(open, at);
      this.parts.push({ type: 'marker', numbers, space });
      this.code.text('1');
      this.remember(space + numbers.map((n) => `[${n}]`).join(''));
    }
    return at + form.length;
  }

  /** Known numbers of the marker. Null if it is text: a form that may be something else, with a number that isn't known. */
  private knownNumbers({ shape, isLabeled, numbers }: MarkerForm): number[] | null {
    const known = numbers.filter((n) => this.known.has(n));
    if (shape === 'bracket' || (shape === 'parenthesis' && isLabeled)) return known;
    if (known.length === numbers.length) return known;
    const digits = shape === 'superscript' ? [...numbers.join('')].map(Number) : [];
    return digits.length > 0 && digits.every((n) => this.known.has(n)) ? digits : null;
  }

  private readLineBreak(text: string, open: number, at: number): number {
    this.emit(text.slice(open, at));
    this.code.lineBreak();
    this.emit('\n', false);
    return at + 1;
  }

  private readRun(text: string, open: number, at: number, isEnd: boolean): number | null {
    let end = at;
    while (text.charAt(end) === text.charAt(at) && end - at < MAX_RUN) end += 1;
    if (end === text.length && end - at < MAX_RUN && !isEnd) return null;
    this.emit(text.slice(open, at));
    const wasFenced = this.code.isFenced;
    this.code.run(text.slice(at, end));
    this.emit(text.slice(at, end), false, wasFenced || this.code.isFenced);
    return end;
  }

  private readFormula(text: string, open: number, at: number, isEnd: boolean): number | null {
    if (at + 1 === text.length && !isEnd) return null;
    const mark = text.slice(at, at + 2);
    if (!['$$', '\\[', '\\]', '\\(', '\\)'].includes(mark)) return this.emitUpTo(text, open, at + 1);
    this.emit(text.slice(open, at));
    this.code.formula(mark);
    this.emit(mark, false);
    return at + 2;
  }

  private emitUpTo(text: string, open: number, end: number): number {
    this.emit(text.slice(open, end));
    return end;
  }

  private emit(text: string, isLineText = true, isFenced = this.code.isFenced): void {
    if (text === '') return;
    if (isLineText) this.code.text(text);
    this.remember(text);
    const last = this.parts.at(-1);
    if (last?.type === 'text' && last.isFenced === isFenced) last.text += text;
    else this.parts.push({ type: 'text', text, isFenced });
  }

  private remember(text: string): void {
    this.before = (text.length >= CONTEXT_BEFORE ? text : this.before + text).slice(-CONTEXT_BEFORE);
  }
}

function isUnspaced(character: string): boolean {
  return /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u.test(character);
}
