/** What the citation filter would take for the beginning of a marker: `[1`, `【3`, `[^2`, `[Source 2`. */
const MARKER_START = /[[【](?=\^?\s{0,46}(?:sources?|quellen?|refs?\.?)?\s{0,46}\d)/giu;
const LINE_BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** The text of a document with its own markers written as `［1]`: to a reader the same, to the citation filter no marker. */
export function neutralizeMarkers(text: string): string {
  return text.replace(MARKER_START, '［');
}

/** For a title or a heading: one line, and without markers. */
export function neutralizeTitle(title: string): string {
  return neutralizeMarkers(title.replace(LINE_BREAKS, ' ')).trim();
}
