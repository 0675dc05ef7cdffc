/**
 * A name as it may be shown: without control characters, line breaks, and the characters that turn the direction of what
 * follows, which make "gpj.exe" read as "exe.jpg".
 */
export function cleanName(name: string): string {
  return name
    .toWellFormed()
    .replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, '')
    .trim();
}
