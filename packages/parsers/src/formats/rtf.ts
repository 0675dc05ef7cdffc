import { DocumentBuilder } from '../document-builder.ts';
import { defineFormat } from '../format-parser.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { RtfReader } from '../rtf-reader.ts';

/** Returns the plain text of RTF inside other formats (Outlook messages). */
export function readRtfText(bytes: Uint8Array): string {
  const document = new DocumentBuilder(DEFAULT_LIMITS.maxTextLength);
  new RtfReader(document, DEFAULT_LIMITS.maxDepth).read(bytes);
  return document.finish('rtf').text;
}

export const rtfParser = defineFormat({
  formats: ['rtf'],
  parse(bytes, { document, limits }) {
    new RtfReader(document, limits.maxDepth).read(bytes);
  },
});
