import { CONTEXT_BEFORE, mayBeMarker } from './marker-context.ts';
import { MARKER_START } from './marker-words.ts';
import { readMarker } from './read-marker.ts';

const LINE_BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** Matches the start of a bracket form that the text may complete later: `[1`, `【^3`. */
const OPEN_BRACKET = /^[[【［]\s{0,3}\^?\s{0,3}#?\s{0,3}\d/u;
/** Invisible, and between words it ends them. */
const JOINER = '\u2060';
const BRACKETS = '[【［';

/**
 * Changes everything in the text of a document that the citation filter would treat as a marker: `[1]` gets a bracket
 * that looks the same, and other forms an invisible character. Readers see no difference.
 */
export function neutralizeMarkers(text: string): string {
  let out = '';
  let at = 0;
  for (const match of text.matchAll(MARKER_START)) {
    const { index } = match;
    if (index < at) continue;
    const form = readMarker(text, index, false);
    const isBracket = BRACKETS.includes(match[0]);
    const before = text.slice(Math.max(0, index - CONTEXT_BEFORE), index);
    const isOpen = form === 'more' || (isBracket && OPEN_BRACKET.test(text.slice(index, index + 12)));
    if (!isOpen && (form === null || !mayBeMarker(form, before))) continue;
    out += text.slice(at, index);
    // An invisible character after the first one breaks the form too.
    out += isBracket ? '⁅' : breakForm(match[0]);
    at = index + match[0].length;
  }
  return out + text.slice(at);
}

function breakForm(start: string): string {
  return start.length === 1 && !/\p{L}/u.test(start) ? JOINER + start + JOINER : start + JOINER;
}

/** For titles and headings: a single line without markers. */
export function neutralizeTitle(title: string): string {
  return neutralizeMarkers(title.replace(LINE_BREAKS, ' ')).trim();
}
