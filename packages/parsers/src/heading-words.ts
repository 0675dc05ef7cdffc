const NAMED_PART = /^(?:part|chapter|teil|kapitel|partie|chapitre|parte|capítulo)\s+(?:\d+|[IVXLC]+)\b/i;
const NAMED_SECTION =
  /^(?:item|section|article|appendix|annex|abschnitt|artikel|anhang|annexe)\s+(?:\d+[A-Z]?|[A-Z])\b/i;
const CAPTION = /^(?:fig(?:ure|\.)?|tab(?:le|\.)?|abb(?:ildung|\.)?|tabelle|listing|source|note)\s*\d*/i;
const MAX_LENGTH = 120;

/** "Part II", "Chapter 3". */
export function isNamedPart(text: string): boolean {
  return NAMED_PART.test(text);
}

/** "Item 7A. Market Risk", "Appendix B". */
export function isNamedSection(text: string): boolean {
  return NAMED_SECTION.test(text);
}

/** Returns whether a line reads like a heading, not like a sentence, a caption or an entry of a table of contents. */
export function isTitleText(text: string): boolean {
  return isShortTitle(text) && /^\p{Lu}\p{L}|^\d+[.)]? +\p{Lu}/u.test(text) && !CAPTION.test(text);
}

export function isShortTitle(text: string): boolean {
  return text.length <= MAX_LENGTH && !/[.,;:…]$|[.·…]{2}\s*\d+$/.test(text);
}
