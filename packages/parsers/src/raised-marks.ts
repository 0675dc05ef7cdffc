import { appendLowered, appendRaised } from './raised-text.ts';

// Noncharacters, which no text contains, mark raised and lowered text until its surroundings are known.
const RAISE = '\ufdd0';
const RAISE_END = '\ufdd1';
const LOWER = '\ufdd2';
const LOWER_END = '\ufdd3';
const STRIKE = '\ufdd4';
const STRIKE_END = '\ufdd5';

export function markRaised(text: string): string {
  return text === '' ? '' : `${RAISE}${text}${RAISE_END}`;
}

export function markLowered(text: string): string {
  return text === '' ? '' : `${LOWER}${text}${LOWER_END}`;
}

/** Struck text is written as `~~99~~`, because it no longer holds. */
export function markStruck(text: string): string {
  return text === '' ? '' : `${STRIKE}${text}${STRIKE_END}`;
}

function resolveStruck(text: string): string {
  if (!text.includes(STRIKE)) return text;
  const joined = text.replaceAll(STRIKE_END + STRIKE, '');
  return joined.replace(/\ufdd4([^\ufdd4\ufdd5]*)\ufdd5/g, (_, struck: string) => {
    const words = struck.trim();
    return words === '' ? struck : struck.replace(words, () => `~~${words}~~`);
  });
}

function joinRaised(before: string, raised: string, after: string): string {
  // The numerator of a fraction: 3 1/2.
  if (/^[/⁄]/.test(after) && /^\d+$/.test(raised)) return `${before}${/\d$/.test(before) ? ' ' : ''}${raised}`;
  if (before === '' || /[\s/⁄]$/.test(before) || raised.trim() === '') return before + raised;
  const joined = appendRaised(before, raised);
  return /\s$/.test(raised) || (/^[\p{L}\p{N}]/u.test(after) && /[\p{L}\p{N}\])]$/u.test(joined))
    ? `${joined} `
    : joined;
}

/** Only the last characters before raised text decide how it is joined, so the rest is set aside. */
const TAIL_LENGTH = 40;

/** Resolves the marks: 10^3, x^2, 230 [1] for a note, 1st, H2O, 3 1/2. Raised digits never touch a number. */
export function resolveRaised(text: string): string {
  return resolveStruck(resolvePlaces(text));
}

function resolvePlaces(text: string): string {
  if (!text.includes(RAISE) && !text.includes(LOWER)) return text;
  const joined = text.replaceAll(RAISE_END + RAISE, '').replaceAll(LOWER_END + LOWER, '');
  const pieces = joined.split(/([\ufdd0-\ufdd3])/);
  const settled: string[] = [];
  let tail = '';
  // Text and marks alternate; the mark before a text says how it is set.
  for (let at = 0; at < pieces.length; at += 2) {
    const piece = pieces[at] as string;
    const mark = pieces[at - 1];
    if (mark === RAISE) tail = joinRaised(tail, piece, pieces[at + 2]?.slice(0, 1) ?? '');
    else if (mark === LOWER) tail = appendLowered(tail, piece);
    else tail += piece;
    if (tail.length > TAIL_LENGTH) {
      settled.push(tail.slice(0, -TAIL_LENGTH));
      tail = tail.slice(-TAIL_LENGTH);
    }
  }
  return settled.join('') + tail;
}
