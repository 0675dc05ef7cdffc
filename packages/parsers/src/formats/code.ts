import type { DocumentBuilder } from '../document-builder.ts';
import { defineFormat } from '../format-parser.ts';
import { languageOf } from '../languages.ts';

const LONG_BLOCK = 1200;

/**
 * Adds code verbatim and splits it after top-level definitions: at an empty line before a line without indentation, and
 * in very long definitions at any empty line.
 */
export function addCode(document: DocumentBuilder, text: string): void {
  let start = 0;
  let at = 0;
  let wasBlank = false;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline + 1;
    const isBlank = text.slice(at, Math.min(end, at + 400)).trim() === '';
    if (!isBlank && wasBlank && at > start) {
      const first = text[at] as string;
      const startsPiece = !/[\s})\]]/.test(first);
      if (startsPiece || at - start > LONG_BLOCK) {
        document.add('code', text.slice(start, at));
        start = at;
      }
    }
    wasBlank = isBlank;
    at = end;
  }
  document.add('code', text.slice(start));
}

export const codeParser = defineFormat({
  formats: ['code'],
  parse(_bytes, context) {
    const text = context.readText();
    context.document.describe('language', languageOf(context.filename, text));
    addCode(context.document, text.replace(/\r\n?/g, '\n'));
  },
});
