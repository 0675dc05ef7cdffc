// Noncharacters, which no text contains, mark raised and lowered text until its surroundings are known.
const RAISE = '\ufdd0';
const RAISE_END = '\ufdd1';
const LOWER = '\ufdd2';
const LOWER_END = '\ufdd3';

export function markRaised(text: string): string {
  return text === '' ? '' : `${RAISE}${text}${RAISE_END}`;
}

export function markLowered(text: string): string {
  return text === '' ? '' : `${LOWER}${text}${LOWER_END}`;
}

const ORDINAL = /^(st|nd|rd|th|er|re|e|ème|ère|o|os|a|as|te|TM|SM|ⓡ|®|©|™|\*+|†|‡|′|″|°|º|ª)$/i;

/** A power of ten or two, a variable or a unit: what is raised there is an exponent. */
function isBase(before: string): boolean {
  const number = /[\d.,]+$/.exec(before)?.[0];
  if (number !== undefined) return /^(10|2|\d)$/.test(number);
  const word = /\p{L}+$/u.exec(before)?.[0];
  if (word !== undefined) return word.length <= 3;
  return /[)\]}]$/.test(before);
}

function joinRaised(before: string, raised: string, after: string): string {
  if (before === '' || /\s$/.test(before)) return before + raised;
  // The numerator of a fraction: 3 1/2.
  if (/^[/⁄]/.test(after) && /^\d+$/.test(raised)) return `${before}${/\d$/.test(before) ? ' ' : ''}${raised}`;
  if (/^[/⁄]/.test(raised) || ORDINAL.test(raised)) return before + raised;
  if (/^[-−–+]?[\d.,]*\p{L}?$/u.test(raised) && (/^[-−–+]/.test(raised) || isBase(before))) {
    return `${before}^${raised}${/^[\p{L}\d]/u.test(after) ? ' ' : ''}`;
  }
  if (/^[\d,;*–-]{1,12}$/.test(raised.replaceAll(' ', '')) || /^\p{L}$/u.test(raised)) return `${before} [${raised}]`;
  return /^[\p{L}\d]/u.test(raised) && /[\p{L}\d]$/u.test(before) ? `${before}^${raised}` : before + raised;
}

function joinLowered(before: string, lowered: string): string {
  // Chemical formulas and the denominator of a fraction keep their usual form: H2O, 1/2.
  if (!/[\p{L}\d]$/u.test(before) || !/^[\p{L}\d]/u.test(lowered)) return before + lowered;
  if (/^\d/.test(lowered) && /\p{L}$/u.test(before)) return before + lowered;
  return `${before}_${lowered}`;
}

/** Resolves the marks: 10^3, x^2, 230 [1] for a note, 1st, H2O, v_max, 3 1/2. Raised digits never touch a number. */
export function resolveRaised(text: string): string {
  if (!text.includes(RAISE) && !text.includes(LOWER)) return text;
  const joined = text.replaceAll(RAISE_END + RAISE, '').replaceAll(LOWER_END + LOWER, '');
  let resolved = '';
  let at = 0;
  while (at < joined.length) {
    const raise = joined.indexOf(RAISE, at);
    const lower = joined.indexOf(LOWER, at);
    const start = raise < 0 ? lower : lower < 0 ? raise : Math.min(raise, lower);
    if (start < 0) break;
    const isRaised = start === raise;
    const end = joined.indexOf(isRaised ? RAISE_END : LOWER_END, start);
    if (end < 0) break;
    resolved += joined.slice(at, start);
    const body = joined.slice(start + 1, end);
    // Only the last characters decide, so that long texts stay fast.
    const before = resolved.slice(-40);
    const kept = resolved.slice(0, Math.max(0, resolved.length - 40));
    resolved =
      kept + (isRaised ? joinRaised(before, body.trim(), joined.slice(end + 1, end + 3)) : joinLowered(before, body));
    if (isRaised && body.endsWith(' ')) resolved += ' ';
    at = end + 1;
  }
  return (resolved + joined.slice(at)).replace(/[\ufdd0-\ufdd3]/g, '');
}
