import { LETTER, MarkerCursor, TextEnd } from './marker-cursor.ts';
import { BRACKET_WORDS, CONJUNCTION_WORDS, PLURAL_WORDS, SOURCE_WORDS } from './marker-words.ts';

/** A form that may be a citation marker, such as `[1, 2]`, `(Source 1)` or `<sup>3</sup>`. */
export interface MarkerForm {
  /** Number of characters. */
  length: number;
  numbers: number[];
  shape: 'bracket' | 'parenthesis' | 'word' | 'superscript';
  /** It contains a word for source, so that it can't be anything else. */
  isLabeled: boolean;
  isRange: boolean;
}

/** more: the text ends before it is clear. */
export type Reading = MarkerForm | 'more' | null;

const CLOSERS: Record<string, string> = { '[': ']', '【': '】', '［': '］', '(': ')' };
const MAX_TITLE = 120;
const MAX_NUMBERS = 12;
const MAX_RANGE = 20;
const DIGITS = '0123456789０１２３４５６７８９٠١٢٣٤٥٦٧٨٩०१२३४५६७८९';
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const PAGE = /^[,;]?\s{0,2}(?:pp?|pages?|s|seiten?)\.?\s{0,2}\d{1,5}(?:\s?[-–]\s?\d{1,5})?$/iu;

/** Reads the form that starts at `at`: a bracket, a word for source, `<sup>` or a superscript digit. */
export function readMarker(text: string, at: number, isEnd: boolean): Reading {
  const reader = new MarkerReader(text, at, isEnd);
  try {
    return reader.read();
  } catch (error) {
    if (!(error instanceof TextEnd)) throw error;
    return isEnd ? null : 'more';
  }
}

class MarkerReader extends MarkerCursor {
  private readonly start: number;
  private isRange = false;
  private isLabeled = false;

  constructor(text: string, at: number, isEnd: boolean) {
    super(text, at, isEnd);
    this.start = at;
  }

  read(): MarkerForm | null {
    const first = this.peek();
    if (SUPERSCRIPTS.includes(first)) return this.superscript();
    if (first === '<') return this.tag();
    const closer = CLOSERS[first];
    if (closer === undefined) return this.labeled();
    this.at += 1;
    return this.enclosed(closer, first === '(');
  }

  private enclosed(closer: string, isParenthesis: boolean): MarkerForm | null {
    this.spaces();
    if (!isParenthesis && this.peek() === '^') this.at += 1;
    const numbers = this.numbers(isParenthesis ? SOURCE_WORDS : BRACKET_WORDS);
    if (!numbers || !this.tail(closer)) return null;
    return this.form(isParenthesis ? 'parenthesis' : 'bracket', numbers);
  }

  /** `Source 1`, and `Sources 1 and 2`. */
  private labeled(): MarkerForm | null {
    const word = this.word(SOURCE_WORDS);
    if (word === null) return null;
    this.isLabeled = true;
    this.spaces();
    const numbers = PLURAL_WORDS.has(word) ? this.numbers(new Set()) : this.range();
    if (!numbers) return null;
    // "Source 1.5", "Source 2nd" and "Source 1-A" are something else.
    const next = this.peekOrEnd(0);
    if (LETTER.test(next) && !/\p{Lo}/u.test(next)) return null;
    if (/[%\d_]/.test(next)) return null;
    if (/[.,:'/-]/.test(next) && /[\p{Ll}\p{Lu}\d]/u.test(this.peekOrEnd(1))) return null;
    return this.form('word', numbers);
  }

  private superscript(): MarkerForm | null {
    const numbers: number[] = [];
    let digits = '';
    let next = this.peek();
    for (; SUPERSCRIPTS.includes(next) && next !== ''; next = this.peekOrEnd(0)) {
      digits += SUPERSCRIPTS.indexOf(next);
      this.at += 1;
      const separator = this.peekOrEnd(0);
      if (/[,˒ʼ]/.test(separator) && separator !== '' && SUPERSCRIPTS.includes(this.peekOrEnd(1) || ' ')) {
        numbers.push(Number(digits));
        digits = '';
        this.at += 1;
      }
    }
    numbers.push(Number(digits));
    return numbers.some((n) => n > 999) ? null : this.form('superscript', numbers);
  }

  private tag(): MarkerForm | null {
    if (!this.literal('<sup>')) return null;
    const bracket = this.peek() === '[';
    if (bracket) this.at += 1;
    const numbers = this.numbers(new Set());
    if (!numbers || (bracket && !this.literal(']')) || !this.literal('</sup>')) return null;
    return this.form('superscript', numbers);
  }

  /** Numbers with separators, ranges and words for source. Null if there is anything else. */
  private numbers(words: ReadonlySet<string>): number[] | null {
    const numbers: number[] = [];
    for (;;) {
      this.spaces();
      if (LETTER.test(this.peek())) {
        if (this.word(words) === null) return null;
        this.isLabeled = true;
        this.spaces();
        while (/[.:#№]/.test(this.peek())) this.at += 1;
        this.spaces();
      } else if (/[#№]/.test(this.peek())) this.at += 1;
      const range = this.range();
      if (!range) return null;
      numbers.push(...range);
      if (numbers.length > MAX_NUMBERS || !this.separator()) return numbers.length > MAX_NUMBERS ? null : numbers;
    }
  }

  /** Skips a comma or "and" if a number or a word for source follows. */
  private separator(): boolean {
    const before = this.at;
    this.spaces();
    let hasSeparator = false;
    if (/[,;/、，؛،]/.test(this.peekOrEnd(0)) && this.peekOrEnd(0) !== '') {
      this.at += 1;
      this.spaces();
      hasSeparator = true;
    }
    const next = this.peekOrEnd(0);
    if (next === '&' || next === '+') {
      this.at += 1;
      hasSeparator = true;
    } else if (LETTER.test(next)) hasSeparator = this.word(CONJUNCTION_WORDS, true) !== null || hasSeparator;
    this.spaces();
    const following = this.peekOrEnd(0);
    const continues =
      hasSeparator &&
      following !== '' &&
      (DIGITS.includes(following) || LETTER.test(following) || /[#№]/.test(following));
    if (!continues || (LETTER.test(following) && !this.startsWord(BRACKET_WORDS))) this.at = before;
    return this.at !== before;
  }

  private range(): number[] | null {
    const from = this.number();
    if (from === null) return null;
    const before = this.at;
    this.spaces();
    const dash = this.peekOrEnd(0);
    if (dash === '' || !'-–—'.includes(dash)) {
      this.at = before;
      return [from];
    }
    this.at += 1;
    this.spaces();
    const to = this.number();
    if (to === null) {
      this.at = before;
      return [from];
    }
    this.isRange = true;
    return to < from || to - from > MAX_RANGE ? [from] : Array.from({ length: to - from + 1 }, (_, i) => from + i);
  }

  /** A number from 1 to 999. Null for others, such as years. */
  private number(): number | null {
    let digits = '';
    for (let next = this.peek(); next !== '' && DIGITS.includes(next); next = this.peekOrEnd(0)) {
      digits += DIGITS.indexOf(next) % 10;
      this.at += 1;
      if (digits.length > 3) return null;
    }
    return digits === '' || digits.startsWith('0') ? null : Number(digits);
  }

  /** The rest up to the closer: nothing, a page, a title after a colon, or a place as `†L1-L5`. */
  private tail(closer: string): boolean {
    this.spaces();
    const next = this.peek();
    if (next === closer) {
      this.at += 1;
      return true;
    }
    const isTitle = next === '†' || (this.isLabeled && /[:,;|–—-]/.test(next));
    if (!isTitle && !/[,;\sps]/i.test(next)) return false;
    const limit = this.at + MAX_TITLE;
    const from = this.at;
    for (; this.peek() !== closer; this.at += 1) if (this.peek() === '\n' || this.at > limit) return false;
    const isAllowed = isTitle || PAGE.test(this.textFrom(from));
    this.at += 1;
    return isAllowed;
  }

  private form(shape: MarkerForm['shape'], numbers: number[]): MarkerForm {
    const { isLabeled, isRange } = this;
    return { length: this.at - this.start, numbers: [...new Set(numbers)], shape, isLabeled, isRange };
  }
}
