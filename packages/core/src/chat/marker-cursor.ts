import { BRACKET_WORDS } from './marker-words.ts';

const MAX_SPACES = 3;
export const LETTER = /[\p{L}\p{M}]/u;
const UNSPACED_START = /^[\p{sc=Han}\p{sc=Katakana}\p{sc=Hiragana}\p{sc=Hangul}\p{sc=Thai}]/u;
const LONGEST_WORD = Math.max(...[...BRACKET_WORDS].map(({ length }) => length));

/** Thrown where the text ends although the marker may continue. */
export class TextEnd extends Error {}

/** Reads the characters and words of a marker, in a text that may continue. */
export class MarkerCursor {
  private readonly text: string;
  private readonly isEnd: boolean;
  protected at: number;

  constructor(text: string, at: number, isEnd: boolean) {
    this.text = text;
    this.at = at;
    this.isEnd = isEnd;
  }

  /** Reads one of the words. In scripts without spaces, a number or another letter may follow directly. */
  protected word(words: ReadonlySet<string>, isOptional = false): string | null {
    const before = this.at;
    let end = this.at;
    while (end - before < LONGEST_WORD && LETTER.test(this.text.charAt(end))) end += 1;
    const read = this.text.slice(before, end).toLowerCase();
    if (end === this.text.length && !this.isEnd && hasPrefix(words, read)) throw new TextEnd();
    const length = words.has(read) ? read.length : longestStart(words, read);
    if (length === 0) {
      if (!isOptional) this.at = before;
      return null;
    }
    this.at = before + length;
    return read.slice(0, length);
  }

  protected startsWord(words: ReadonlySet<string>): boolean {
    const before = this.at;
    const isWord = this.word(words) !== null;
    this.at = before;
    return isWord;
  }

  protected literal(expected: string): boolean {
    for (const character of expected) {
      if (this.peek().toLowerCase() !== character) return false;
      this.at += 1;
    }
    return true;
  }

  protected spaces(): void {
    for (let count = 0; count < MAX_SPACES && /[ \t\u00a0\u202f\u3000]/.test(this.peekOrEnd(0)); count += 1)
      this.at += 1;
  }

  /** The next character. The form is incomplete without one. */
  protected peek(): string {
    const next = this.text.charAt(this.at);
    if (next === '') throw new TextEnd();
    return next;
  }

  /** A character ahead; empty at the end of the whole text. */
  protected peekOrEnd(offset: number): string {
    const next = this.text.charAt(this.at + offset);
    if (next === '' && !this.isEnd) throw new TextEnd();
    return next;
  }

  /** Text from an offset to the current place. */
  protected textFrom(start: number): string {
    return this.text.slice(start, this.at);
  }
}

function hasPrefix(words: ReadonlySet<string>, prefix: string): boolean {
  for (const word of words) if (word.startsWith(prefix)) return true;
  return false;
}

/** Length of the longest word without spaces that `read` starts with. */
function longestStart(words: ReadonlySet<string>, read: string): number {
  let longest = 0;
  for (const word of words) {
    if (word.length > longest && UNSPACED_START.test(word) && read.startsWith(word)) longest = word.length;
  }
  return longest;
}
