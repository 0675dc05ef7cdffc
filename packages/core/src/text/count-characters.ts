/** Classes of characters that tokenizers treat alike. */
export const CHARACTER_CLASSES = [
  'word', // words of Latin letters
  'english', // lowercase letters in English
  'code', // lowercase letters in code
  'western', // lowercase letters in German, French, Spanish, Italian, Dutch and Portuguese
  'foreign', // lowercase letters in other languages
  'upper',
  'mixed', // letters next to digits, as in hex
  'random', // long runs of letters of both cases and digits, as in base 64
  'accented',
  'digit',
  'number', // runs of digits
  'sign',
  'newline', // runs of line breaks
  'space', // runs of spaces, and spaces before digits
  'han',
  'kana',
  'hangul',
  'thai',
  'devanagari',
  'arabic',
  'cyrillic',
  'greek',
  'hebrew',
  'southeast', // Burmese, Khmer and Lao
  'other',
  'emoji',
] as const;
export type CharacterClass = (typeof CHARACTER_CLASSES)[number];
export type CharacterCounts = Record<CharacterClass, number>;

const ENGLISH_WORDS = new Set(
  'the of and to in a is that for on with as by it be are this or from at was an not which have has can if will its you your we they'.split(
    ' ',
  ),
);
const WESTERN_WORDS = new Set(
  (
    'der die das und ist ein eine den dem des im zu mit auf von nicht auch le la les un une est dans pour par que qui sur au ' +
    'du el los las en por con para una se de il di che per non da sono gli dei al nel het van een op te voor dat os do em um ' +
    'uma ao no na'
  ).split(' '),
);
const MAX_STOP_WORD_LENGTH = 5;
const MIN_RANDOM_LENGTH = 16;
/** Minimum share of stop words that identifies a language. */
const ENGLISH_SHARE = 0.1;
const WESTERN_SHARE = 0.12;
/** More signs per letter than in any prose. */
const CODE_SIGN_SHARE = 0.15;

/** Counts the characters of a text by class. Linear in its length. */
export function countCharacters(text: string): CharacterCounts {
  return new CharacterCounter(text).count();
}

class CharacterCounter {
  private readonly text: string;
  private readonly counts = Object.fromEntries(CHARACTER_CLASSES.map((name) => [name, 0])) as CharacterCounts;
  private englishWords = 0;
  private westernWords = 0;
  private lowercase = 0;

  constructor(text: string) {
    this.text = text;
  }

  count(): CharacterCounts {
    const { text, counts } = this;
    for (let at = 0; at < text.length; ) {
      const code = text.charCodeAt(at);
      if (isLetter(code) || isDigit(code)) at = this.countRun(at);
      else if (code === 0x0a) at = this.skip(at, isLineBreak, 'newline');
      else if (isSpace(code)) at = this.countSpaces(at);
      else {
        const point = code < 0x80 ? code : (text.codePointAt(at) ?? code);
        counts[code < 0x80 ? 'sign' : classOf(point)] += 1;
        at += point > 0xffff ? 2 : 1;
      }
    }
    counts[this.languageClass()] += this.lowercase;
    return counts;
  }

  /** A run of ASCII letters and digits. */
  private countRun(start: number): number {
    const { text, counts } = this;
    let [at, lower, upper, digits, numbers] = [start, 0, 0, 0, 0];
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (isDigit(code)) {
        digits += 1;
        if (at === start || !isDigit(text.charCodeAt(at - 1))) numbers += 1;
      } else if (code >= 0x61 && code <= 0x7a) lower += 1;
      else if (code >= 0x41 && code <= 0x5a) upper += 1;
      else break;
    }
    const length = at - start;
    if (length >= MIN_RANDOM_LENGTH && digits > 0 && lower > 0 && upper > 0) {
      counts.random += length;
      return at;
    }
    counts.digit += digits;
    counts.number += numbers;
    if (digits > 0) counts.mixed += lower + upper;
    else {
      counts.word += 1;
      counts.upper += upper;
      this.lowercase += lower;
      if (upper === 0 && length <= MAX_STOP_WORD_LENGTH) this.countStopWord(text.slice(start, at));
    }
    return at;
  }

  private countStopWord(word: string): void {
    if (ENGLISH_WORDS.has(word)) this.englishWords += 1;
    if (WESTERN_WORDS.has(word)) this.westernWords += 1;
  }

  /** A single space belongs to the word after it. */
  private countSpaces(start: number): number {
    let at = start;
    while (at < this.text.length && isSpace(this.text.charCodeAt(at))) at += 1;
    if (at - start > 1 || isDigit(this.text.charCodeAt(at))) this.counts.space += 1;
    return at;
  }

  private skip(start: number, isSame: (code: number) => boolean, name: CharacterClass): number {
    let at = start;
    while (at < this.text.length && isSame(this.text.charCodeAt(at))) at += 1;
    this.counts[name] += 1;
    return at;
  }

  private languageClass(): 'code' | 'english' | 'western' | 'foreign' {
    const { englishWords, westernWords, lowercase, counts } = this;
    if (counts.sign >= CODE_SIGN_SHARE * (lowercase + 1)) return 'code';
    const isEnglish = englishWords >= ENGLISH_SHARE * counts.word;
    if (isEnglish && englishWords >= westernWords) return 'english';
    if (westernWords >= WESTERN_SHARE * counts.word) return 'western';
    return isEnglish ? 'english' : 'foreign';
  }
}

function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0d;
}

function isLineBreak(code: number): boolean {
  return code === 0x0a;
}

/** Ends of Unicode ranges, exclusive, in order. */
const RANGES: readonly (readonly [number, CharacterClass])[] = [
  [0x250, 'accented'],
  [0x300, 'other'],
  [0x370, 'accented'],
  [0x400, 'greek'],
  [0x530, 'cyrillic'],
  [0x590, 'other'],
  [0x600, 'hebrew'],
  [0x780, 'arabic'],
  [0x900, 'other'],
  [0x980, 'devanagari'],
  [0xe00, 'other'],
  [0xe80, 'thai'],
  [0xf00, 'southeast'],
  [0x1000, 'other'],
  [0x10a0, 'southeast'],
  [0x1780, 'other'],
  [0x1800, 'southeast'],
  [0x1e00, 'other'],
  [0x1f00, 'accented'],
  [0x2000, 'greek'],
  [0x2e80, 'sign'],
  [0x3040, 'han'],
  [0x3100, 'kana'],
  [0xa000, 'han'],
  [0xac00, 'other'],
  [0xd7b0, 'hangul'],
  [0xf900, 'other'],
  [0xfb00, 'han'],
  [0xff00, 'other'],
  [0xfff0, 'han'],
  [0x10000, 'other'],
  [0x20000, 'emoji'],
  [0x30000, 'han'],
];

function classOf(point: number): CharacterClass {
  return RANGES.find(([end]) => point < end)?.[1] ?? 'emoji';
}
