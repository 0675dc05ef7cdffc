const ORDINAL = /^(?:st|nd|rd|th|er|re|e|ème|o|a|º|ª|™|tm|®|©)$/i;
const MARK = /^(?:\d{1,3}|[a-z*†‡§]{1,2})(?:\s*,\s*(?:\d{1,3}|[a-z*†‡§]{1,2}))*$/i;
/** What can have an exponent: ten, a power of two or one digit, a variable, a unit, a closing bracket. */
const BASE = /(?:(?<![\p{L}\p{N}.,])(?:10|\d)|(?<!\p{L})\p{L}{1,3}|[)\]}])$/u;

/**
 * Appends raised text: `10^3`, `m^2`, `1st`, and `230 [1]` for what can only be the mark of a note. Glued to the text
 * before it, it would be another value.
 */
export function appendRaised(text: string, raised: string): string {
  const mark = raised.trim();
  if (mark === '') return text + raised;
  const before = text.trimEnd();
  if (before === '' || ORDINAL.test(mark)) return text + mark;
  // An exponent stands directly behind its base.
  if (before.length === text.length && BASE.test(before.slice(-8)))
    return `${before}^${/^[\p{L}\p{N}]+$|^[-−+]\d+$/u.test(mark) ? mark : `(${mark})`}`;
  if (MARK.test(mark)) return `${before} [${mark}]`;
  // Brackets are part of the mark itself.
  return /^[[(]/.test(mark) ? `${before} ${mark}` : `${before}^${mark}`;
}

/** A raised number and a slash, before the lowered number of a fraction. */
const NUMERATOR = /(?:\^(\d{1,4})| ?\[(\d{1,4})\])[/⁄]$/;

/**
 * Appends lowered text: `H2O`, but `10_2`, which would be another number without the sign. After a raised number and a
 * slash it is a fraction: `3 1/2`.
 */
export function appendLowered(text: string, lowered: string): string {
  const index = lowered.trim();
  const numerator = /^\d+$/.test(index) ? NUMERATOR.exec(text.slice(-12)) : null;
  if (numerator) {
    const before = text.slice(0, text.length - numerator[0].length);
    return `${before}${/\S$/.test(before) ? ' ' : ''}${numerator[1] ?? numerator[2]}/${index}`;
  }
  return /\d$/.test(text) && /^\d/.test(index) ? `${text}_${index}` : text + index;
}
