/** Matches the start of anything that the citation filter treats as a marker: `[1`, `【3`, `[^2`, `[Source 2`. */
const MARKER_START = /[[【](?=\^?\s{0,46}(?:sources?|quellen?|refs?\.?)?\s{0,46}\d)/giu;
const LINE_BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/**
 * Replaces markers in the text of a document, such as `［1]` for `[1]`. Readers see no difference, and the citation
 * filter ignores them.
 */
export function neutralizeMarkers(text: string): string {
  return text.replace(MARKER_START, '［');
}

/** For titles and headings: a single line without markers. */
export function neutralizeTitle(title: string): string {
  return neutralizeMarkers(title.replace(LINE_BREAKS, ' ')).trim();
}
