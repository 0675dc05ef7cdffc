/** Letters or digits that change into the other kind: "ab|1234". */
const BOUNDARY = /(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/u;
const DIGITS = /^\p{N}+$/u;
const HAS_DIGIT = /\p{N}/u;
const THOUSANDS = 3;
const MIN_GROUPED = 4;
const MAX_JOINED = 24;
/** How letters are written where a keyboard has none, and what the index has. */
const SPELLED_OUT: readonly (readonly [string, string])[] = [
  ['ae', 'a'],
  ['oe', 'o'],
  ['ue', 'u'],
  ['aa', 'a'],
];
const MIN_SPELLED_OUT = 4;

/**
 * Returns other spellings of one word of a query, as words that follow each other: "ab1234" is also "ab 1234", "1250000"
 * also "1 250 000", and "mueller" also "muller", which is how "Müller" is indexed.
 */
export function variantsOfWord(word: string, written: string): string[] {
  const variants: string[] = [];
  if (HAS_DIGIT.test(word)) {
    const parts = word.split(BOUNDARY);
    if (parts.length > 1) variants.push(parts.join(' '));
    if (DIGITS.test(word) && word.length >= MIN_GROUPED) variants.push(groupThousands(word));
    return variants;
  }
  if (word.length < MIN_SPELLED_OUT) return variants;
  for (const [long, short] of SPELLED_OUT) if (word.includes(long)) variants.push(word.replaceAll(long, short));
  const spelled = written.replace(/[äöüå]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa' })[letter] ?? letter);
  if (spelled !== written) variants.push(spelled);
  return variants;
}

/**
 * Returns other spellings of words that follow each other: "iso 27001" and "ab 1234" are also one word, and "1 250 000" is
 * one number.
 */
export function variantsOfWords(words: readonly string[]): string[] {
  const variants: string[] = [];
  for (const [i, word] of words.entries()) {
    const next = words[i + 1];
    if (next === undefined) break;
    const isPair = HAS_DIGIT.test(word) !== HAS_DIGIT.test(next) && word.length + next.length <= MAX_JOINED;
    if (isPair) variants.push(word + next);
    const number = joinThousands(words, i);
    if (number) variants.push(number);
  }
  return variants;
}

function groupThousands(digits: string): string {
  const first = digits.length % THOUSANDS || THOUSANDS;
  const groups = [digits.slice(0, first)];
  for (let at = first; at < digits.length; at += THOUSANDS) groups.push(digits.slice(at, at + THOUSANDS));
  return groups.join(' ');
}

/** The number that starts at this word, if groups of three digits follow. */
function joinThousands(words: readonly string[], start: number): string | null {
  const first = words[start] ?? '';
  const isStart = DIGITS.test(first) && first.length <= THOUSANDS;
  const isInside = DIGITS.test(words[start - 1] ?? '') && first.length === THOUSANDS;
  if (!isStart || isInside) return null;
  let joined = first;
  for (let at = start + 1; DIGITS.test(words[at] ?? '') && words[at]?.length === THOUSANDS; at += 1)
    joined += words[at];
  return joined === first ? null : joined;
}
