/** Removes control characters, line breaks, and bidirectional overrides, which make "gpj.exe" look like "exe.jpg". */
export function cleanName(name: string): string {
  return name
    .toWellFormed()
    .replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, '')
    .trim();
}
