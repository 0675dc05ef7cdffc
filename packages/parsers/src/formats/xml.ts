import type { DocumentBuilder } from '../document-builder.ts';
import { defineFormat } from '../format-parser.ts';
import { walkXml } from '../xml.ts';
import { XmlReader } from '../xml-reader.ts';
import { addFlatOpenDocument } from './open-document.ts';

/**
 * Each element with direct text is one block, including its inline children. Attributes that carry values are part of
 * it, because data formats store units, states and links there.
 */
export function addXml(document: DocumentBuilder, text: string, maxDepth: number): void {
  const reader = new XmlReader(document);
  let comments = 0;
  walkXml(
    text,
    {
      open: (element) => reader.open(element.name, element.attributes),
      text: (piece) => reader.text(piece),
      close: () => reader.close(),
      comment: (comment) => {
        if (/[\p{L}\p{N}]/u.test(comment)) comments++;
      },
    },
    maxDepth,
  );
  if (comments > 0) document.warn(`${comments === 1 ? '1 comment was' : `${comments} comments were`} left out.`);
}

export const xmlParser = defineFormat({
  formats: ['xml'],
  extensions: ['xml', 'rss', 'atom', 'xsd', 'svg', 'fb2', 'nxml'],
  parse(_bytes, { document, limits, readText }) {
    const text = readText();
    if (/<office:document[\s>]/.test(text.slice(0, 4096)) && addFlatOpenDocument(document, text, limits)) return;
    addXml(document, text, limits.maxDepth);
  },
});
