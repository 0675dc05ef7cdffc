const BLANKS = /[^\S\n]+/g;
const LINE_ENDS = / ?(?:\n ?)+/g;

/** Shortens a quoted text to whole lines or words, and keeps its line breaks: rows of tables, code and addresses have them. */
export function tidyQuote(text: string, maxLength: number): string {
  const tidy = text.replaceAll('\r', '').replace(BLANKS, ' ').replace(LINE_ENDS, '\n').trim();
  if (tidy.length <= maxLength) return tidy;
  const lineEnd = tidy.lastIndexOf('\n', maxLength);
  const cut = lineEnd > maxLength / 2 ? lineEnd : Math.max(tidy.lastIndexOf(' ', maxLength), maxLength / 2);
  return `${tidy.slice(0, cut)} …`;
}

/** Writes a text as a Markdown quote with the same lines. */
export function toBlockQuote(text: string): string {
  // Two blanks keep the line break when Markdown is rendered.
  return `> ${text.replaceAll('\n', '  \n> ')}`;
}
