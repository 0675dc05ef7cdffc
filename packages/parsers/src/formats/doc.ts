import { createRequire } from 'node:module';
import { ParseFailure } from '@lorebox/ports/parser';
import CFB from 'cfb';
import { type DocBody, DocBodyReader } from '../doc-body.ts';
import type { DocumentBuilder } from '../document-builder.ts';
import { defineFormat } from '../format-parser.ts';
import { type EdgedRow, placeByEdges } from '../table-edges.ts';

interface WordDocument {
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

function addBody(document: DocumentBuilder, body: DocBody): void {
  let rows: EdgedRow[] = [];
  const endTable = () => {
    for (const row of placeByEdges(rows)) document.addRow(row);
    rows = [];
  };
  for (const block of body.blocks) {
    if (block.kind === 'row') {
      rows.push(block.row);
      continue;
    }
    endTable();
    // The first styles of every document are the nine levels of headings.
    if (block.style >= 1 && block.style <= 9) document.add('heading', block.text, { level: block.style });
    else document.add('paragraph', block.text);
  }
  endTable();
}

function addWarnings(document: DocumentBuilder, { hiddenRuns, deletedRuns, numbered, formFields }: DocBody): void {
  if (hiddenRuns > 0)
    document.warn(`Hidden text left out (${hiddenRuns} passages). Remove the hidden format to include it.`);
  if (deletedRuns > 0) document.warn(`${deletedRuns} tracked deletions left out. Insertions are in the text.`);
  if (numbered > 0) {
    document.warn(
      `The automatic numbers of ${numbered} paragraphs are not in the text. Save the file as DOCX to include them.`,
    );
  }
  if (formFields > 0) {
    document.warn(`The state of ${formFields} form fields is not in the text. Save the file as DOCX to include it.`);
  }
}

function streamOf(container: CFB.CFB$Container, name: string): Buffer | undefined {
  const content = CFB.find(container, name)?.content;
  return content ? Buffer.from(content as Uint8Array) : undefined;
}

export const docParser = defineFormat({
  formats: ['doc'],
  async parse(bytes, { document }) {
    const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const container = CFB.read(data, { type: 'buffer' });
    const stream = streamOf(container, '/WordDocument');
    const flags = stream?.readUInt16LE(0x0a) ?? 0;
    if ((flags & 0x0100) !== 0) {
      throw new ParseFailure('encrypted', 'This file is password-protected. Remove the password and upload it again.');
    }
    const table = streamOf(container, (flags & 0x0200) !== 0 ? '/1Table' : '/0Table');
    const word = await new WordExtractor().extract(data);
    if (!stream || !table) throw new Error('no text stream');
    const body = new DocBodyReader().read(stream, table);
    addBody(document, body);
    addWarnings(document, body);
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
