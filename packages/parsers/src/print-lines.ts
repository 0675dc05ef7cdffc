import { childrenOf, parseXml, textOf } from './xml.ts';

/** Font, size and color of the text that follows, or a value that differs on each page: `&"Arial,Bold"`, `&12`, `&P`. */
const CODE = /&(?:"[^"]{0,200}"|\d{1,3}|K[\dA-F]{6}|K\d\d[+-]\d{3}|[A-Z])/gi;
/** What is left of "Page 3 of 7". */
const PAGE_WORDS = /(?:page|seite|página|pagina|side|sida|strona|pág|of|von|de|di|sur|av|z|№)(?!\p{L})/giu;

/** Returns whether a header or footer says only which page it is on. */
export function isPageLabel(text: string): boolean {
  return !/[\p{L}\p{N}]/u.test(text.replace(PAGE_WORDS, ''));
}

/** Returns the left, middle and right text of a printed header or footer, without page numbers, dates and file names. */
export function readPrintLine(code: string): string[] {
  const sections = code.replaceAll('&&', '\0').split(/&[LCR]/i);
  return sections
    .map((section) => section.replace(CODE, ' ').replaceAll('\0', '&').replace(/\s+/g, ' ').trim())
    .filter((text) => !isPageLabel(text));
}

/** Returns the texts of the printed headers and footers of a worksheet part, each once. */
export function readSheetPrintLines(part: Uint8Array): string[] {
  const bytes = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
  // It is one of the last elements. Parsing everything before it would take as long as reading the cells.
  const end = bytes.lastIndexOf('headerFooter>');
  const start = end < 0 ? -1 : bytes.lastIndexOf('headerFooter', end - 1);
  if (start < 0 || end - start > 65_536) return [];
  const element = parseXml(
    `<headerFooter${bytes.toString('utf8', start + 12, bytes.lastIndexOf('<', end))}</headerFooter>`,
  );
  const texts = childrenOf(element).flatMap((child) => readPrintLine(textOf(child)));
  return [...new Set(texts)];
}
