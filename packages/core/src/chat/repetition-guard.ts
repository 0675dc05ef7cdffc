/** Characters of the tail that are examined. */
const TAIL_LENGTH = 2400;
/** New characters between two examinations. */
const STEP = 80;
interface Rule {
  minPeriod: number;
  maxPeriod: number;
  minRepeats: number;
  minLength: number;
}

/** A tail repeats if the same text comes this often in a row. Longer texts need fewer repetitions. */
const RULES: readonly Rule[] = [
  { minPeriod: 1, maxPeriod: 24, minRepeats: 12, minLength: 240 },
  { minPeriod: 25, maxPeriod: 80, minRepeats: 4, minLength: 160 },
  { minPeriod: 81, maxPeriod: 800, minRepeats: 3, minLength: 300 },
];
/** The same with numbers that count up. Short texts with numbers are lists. */
const COUNTING_RULES: readonly Rule[] = [{ minPeriod: 16, maxPeriod: 800, minRepeats: 8, minLength: 300 }];
const MIN_LENGTH = 160;
const DIGITS = /\d+/g;
const BLANKS = /\s+/g;

/**
 * Notices when a model repeats itself without end. Numbers may count up in the repetitions. Each examination is linear in
 * the length of the tail.
 */
export class RepetitionGuard {
  private tail = '';
  private unexamined = 0;

  /** Adds a piece of the answer. Returns true if the answer repeats itself. */
  push(piece: string): boolean {
    this.tail = (this.tail + piece).slice(-TAIL_LENGTH);
    this.unexamined += piece.length;
    if (this.unexamined < STEP) return false;
    this.unexamined = 0;
    const tail = this.tail.replace(BLANKS, ' ');
    return isRepeating(tail, RULES) || isRepeating(tail.replace(DIGITS, '0'), COUNTING_RULES);
  }
}

function isRepeating(text: string, rules: readonly Rule[]): boolean {
  const reversed = [...text].reverse();
  const borders = bordersOf(reversed);
  for (let length = reversed.length; length >= MIN_LENGTH; length -= 1) {
    const period = length - (borders[length - 1] ?? 0);
    const isLoop = rules.some(
      ({ minPeriod, maxPeriod, minRepeats, minLength }) =>
        period >= minPeriod && period <= maxPeriod && length >= minLength && length >= period * minRepeats,
    );
    if (isLoop) return true;
  }
  return false;
}

/** For each prefix, the length of its longest proper prefix that is also its suffix. */
function bordersOf(items: readonly string[]): number[] {
  const borders = [0];
  for (let at = 1, length = 0; at < items.length; at += 1) {
    while (length > 0 && items[at] !== items[length]) length = borders[length - 1] ?? 0;
    if (items[at] === items[length]) length += 1;
    borders.push(length);
  }
  return borders;
}
