import { createRequire } from 'node:module';
import { ParseFailure } from '@lorebox/ports/parser';
import CFB from 'cfb';
import type { DocumentBuilder } from '../document-builder.ts';
import { defineFormat } from '../format-parser.ts';

interface WordDocument {
  getBody(options?: { filterUnicode: boolean }): string;
  getFootnotes(options?: { filterUnicode: boolean }): string;
  getEndnotes(options?: { filterUnicode: boolean }): string;
  getAnnotations(options?: { filterUnicode: boolean }): string;
  getHeaders(options?: { filterUnicode: boolean; includeFooters: boolean }): string;
  getFooters(options?: { filterUnicode: boolean }): string;
  getTextboxes(options?: { filterUnicode: boolean }): string;
}

const require = createRequire(import.meta.url);
// The package has no types.
const WordExtractor = require('word-extractor') as new () => { extract(source: Buffer): Promise<WordDocument> };

const KEEP = { filterUnicode: false };

/** Every Word paragraph is a line. A line with tabs between texts is a table row. */
function addLines(document: DocumentBuilder, text: string): void {
  for (const line of text.replaceAll('\u0007', '\n').split(/[\r\n\f]+/)) {
    const cells = line.split('\t');
    if (cells.length > 2 && cells.every((cell) => cell.length < 200)) document.addRow(cells);
    else document.add('paragraph', line.replaceAll('\t', ' '));
  }
}

export const docParser = defineFormat({
  formats: ['doc'],
  async parse(bytes, { document }) {
    const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const stream = CFB.find(CFB.read(data, { type: 'buffer' }), '/WordDocument')?.content;
    // Bit 8 of the flags in the file information block.
    if (stream && ((stream[11] as number) & 1) === 1) {
      throw new ParseFailure('encrypted', 'This file is password-protected. Remove the password and upload it again.');
    }
    const word = await new WordExtractor().extract(data);
    addLines(document, word.getBody(KEEP));
    document.section = 'Text boxes';
    addLines(document, word.getTextboxes(KEEP));
    document.section = 'Footnotes';
    addLines(document, word.getFootnotes(KEEP));
    addLines(document, word.getEndnotes(KEEP));
    document.section = 'Comments';
    addLines(document, word.getAnnotations(KEEP));
    document.section = 'Headers and footers';
    addLines(document, word.getHeaders({ ...KEEP, includeFooters: false }));
    addLines(document, word.getFooters(KEEP));
  },
});
