/** Characters of the tail that are examined. */
const TAIL_LENGTH = 2400;
/** New characters between two examinations. */
const STEP = 80;
/** A tail repeats if the same text comes this often in a row. Longer texts need fewer repetitions. */
const RULES: readonly { maxPeriod: number; minRepeats: number; minLength: number }[] = [
  { maxPeriod: 24, minRepeats: 12, minLength: 240 },
  { maxPeriod: 80, minRepeats: 6, minLength: 240 },
  { maxPeriod: 800, minRepeats: 3, minLength: 300 },
];
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
    return isRepeating(this.tail.replace(DIGITS, '0').replace(BLANKS, ' '));
  }
}

function isRepeating(text: string): boolean {
  const reversed = [...text].reverse();
  const borders = bordersOf(reversed);
  for (let length = reversed.length; length >= 240; length -= 1) {
    const period = length - (borders[length - 1] ?? 0);
    const isLoop = RULES.some(
      ({ maxPeriod, minRepeats, minLength }) =>
        period <= maxPeriod && length >= minLength && length >= period * minRepeats,
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
