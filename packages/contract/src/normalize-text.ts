/** Combining marks, and the two halfwidth signs that become some. */
const LONG_RUN_OF_MARKS = /[\p{M}\uff9e\uff9f]{30}(?=[\p{M}\uff9e\uff9f])/gu;
const GRAPHEME_JOINER = '\u034f';

/**
 * `String.normalize` in linear time. Sorting the marks of one letter is quadratic: 128 KB of them take 5 s. So runs of more
 * than 30 are parted by an invisible character first (stream-safe text, UAX #15).
 */
export function normalizeText(text: string, form: 'NFC' | 'NFD' | 'NFKC' | 'NFKD'): string {
  return text.replace(LONG_RUN_OF_MARKS, `$&${GRAPHEME_JOINER}`).normalize(form);
}
