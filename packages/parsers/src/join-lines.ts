const CJK = /[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]/;
const HYPHEN = /[-‐]$/;
const NO_LETTER = /\P{L}/u;
const NO_WORD = /[^\p{L}-]+/u;
const BREAKS_ADDRESS = '/-_=&?.';
/** First parts of English compounds, which printers rarely produce by dividing a word. */
const FIRST_PARTS = new Set(
  'well self non ex half high low long short full year day week month hand head eye air oil gas two three four five six seven eight nine ten twenty thirty forty fifty sixty seventy eighty ninety cross double single large small hard soft user data time cost state health risk decision award best most least better first second third old new open free light heavy deep wide fast slow ready right left front back'.split(
    ' ',
  ),
);
/** Endings after which a first part is only the beginning of a word: "hard-ened". */
const ENDING =
  /^(?:ings?|e[dnrs]|ers|est|ened|ening|ener|ness(?:es)?|ly|ments?|i[sz]ed?|ful|less|ists?|ity|ship|wards?)$/;

/** Words of the document, which tell whether a hyphen at a line end is part of the word. Collected on first use. */
export class KnownWords {
  private readonly lines: () => Iterable<string>;
  private collected: { hyphenated: Set<string>; words: Set<string> } | undefined;

  constructor(lines: () => Iterable<string>) {
    this.lines = lines;
  }

  /** Words with a hyphen inside a line, in lower case. */
  get hyphenated(): ReadonlySet<string> {
    return this.collect().hyphenated;
  }

  get words(): ReadonlySet<string> {
    return this.collect().words;
  }

  private collect(): { hyphenated: Set<string>; words: Set<string> } {
    this.collected ??= collectWords(this.lines());
    return this.collected;
  }
}

function collectWords(lines: Iterable<string>): { hyphenated: Set<string>; words: Set<string> } {
  const hyphenated = new Set<string>();
  const words = new Set<string>();
  for (const line of lines) {
    for (const word of line.toLowerCase().split(NO_WORD)) {
      if (word.length > 60 || word.length < 2) continue;
      if (word.includes('-')) hyphenated.add(word);
      else words.add(word);
    }
  }
  return { hyphenated, words };
}

/** Appends a line to the text before it: no space in CJK, no hyphen where a word was only divided. */
export function joinLines(text: string, line: string, known: KnownWords): string {
  if (text === '') return line;
  const end = text[text.length - 1] as string;
  const start = line[0] ?? '';
  if (CJK.test(end) && CJK.test(start)) return text + line;
  if (end === '\u00ad') return text.slice(0, -1) + line;
  // An address goes on where it was broken.
  if (BREAKS_ADDRESS.includes(end) && isAddress(lastToken(text))) return text + line;
  if (!HYPHEN.test(text) || !/[\p{L}\p{N}].$/u.test(text.slice(-3))) return `${text} ${line}`;
  if (!/^\p{Ll}/u.test(line)) return /^[\p{L}\p{N}]/u.test(line) ? text + line : `${text} ${line}`;
  return keepsHyphen(lastToken(text), line, known) ? text + line : text.slice(0, -1) + line;
}

function keepsHyphen(tail: string, line: string, { hyphenated, words }: KnownWords): boolean {
  // "and" after a hyphen: "in- and output".
  const before = tail.slice(-41, -1).toLowerCase().split(NO_LETTER).at(-1) ?? '';
  const after = /^\p{L}+/u.exec(line.slice(0, 40))?.[0].toLowerCase() ?? '';
  if (before === '' || hyphenated.has(`${before}-${after}`)) return true;
  // A part number or a word that has a hyphen before: "year-on-year".
  if (/[\p{L}\p{N}][-‐]\p{L}+[-‐]$/u.test(tail) || /\d/.test(tail)) return true;
  if (words.has(before + after)) return false;
  if (before.length >= 4 && after.length >= 6 && words.has(before) && words.has(after)) return true;
  return FIRST_PARTS.has(before) && after.length > 2 && !ENDING.test(after);
}

function lastToken(text: string): string {
  return text.slice(Math.max(text.lastIndexOf(' '), text.lastIndexOf('\n')) + 1);
}

function isAddress(token: string): boolean {
  return /:\/\/|^www\./.test(token);
}
