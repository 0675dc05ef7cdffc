import type { DocumentBuilder } from '../document-builder.ts';
import { defineFormat } from '../format-parser.ts';

/** Splits paragraphs at blank lines and form feeds. */
export function addParagraphs(document: DocumentBuilder, raw: string): void {
  const text = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
  const breaks = /\n[ \t]*\n\s*|\f/g;
  let start = 0;
  for (let hit = breaks.exec(text); hit; hit = breaks.exec(text)) {
    if (hit.index > start) document.add('paragraph', text.slice(start, hit.index));
    start = hit.index + hit[0].length;
  }
  document.add('paragraph', text.slice(start));
}

export const textParser = defineFormat({
  formats: ['text'],
  parse(_bytes, context) {
    addParagraphs(context.document, context.readText());
  },
});
