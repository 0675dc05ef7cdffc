import { ParseFailure } from '@lorebox/ports/parser';
import { decodeText } from '../decode-text.ts';
import type { DocumentBuilder } from '../document-builder.ts';
import { addEmbeddedImages } from '../embedded-images.ts';
import { defineFormat } from '../format-parser.ts';
import type { ParseLimits } from '../limits.ts';
import { OdfReader } from '../odf-reader.ts';
import { attributeOf, childOf, childrenOf, findAll, parseXml, textOf, walkUnits, type XmlElement } from '../xml.ts';
import { openZip, type ZipFile } from '../zip.ts';

function readPart(zip: ZipFile, name: string): string {
  const bytes = zip.read(name);
  return bytes ? (decodeText(bytes)?.text ?? '') : '';
}

function describe(document: DocumentBuilder, meta: XmlElement | undefined): void {
  document.title = textOf(findAll(meta, 'title')[0]) || undefined;
  document.describe('author', textOf(findAll(meta, 'creator')[0] ?? findAll(meta, 'initial-creator')[0]));
  document.describe('subject', textOf(findAll(meta, 'subject')[0]));
  document.describe('created', textOf(findAll(meta, 'creation-date')[0]));
  document.describe('modified', textOf(findAll(meta, 'date')[0]));
}

/** Reads body elements one by one: text documents by paragraph or table, presentations by slide. */
function addContent(document: DocumentBuilder, xml: string, limits: ParseLimits): void {
  const reader = new OdfReader(document);
  let inBody = 0;
  walkUnits(
    xml,
    (element, depth) => {
      if (element.name === 'body') inBody = depth;
      // body > text|presentation|spreadsheet > unit
      return inBody > 0 && depth === inBody + 2;
    },
    (unit) => reader.addUnit(unit),
    limits.maxDepth,
  );
  reader.finish();
}

function addHeadersAndFooters(document: DocumentBuilder, styles: XmlElement | undefined): void {
  const seen = new Set<string>();
  document.page = undefined;
  for (const page of findAll(styles, 'master-page')) {
    for (const part of childrenOf(page)) {
      if (!/^(header|footer)/.test(part.name)) continue;
      const text = childrenOf(part).map(textOf).join(' ');
      if (/[^\s\d]/.test(text) && !seen.has(text)) {
        document.add('paragraph', text, { section: part.name.startsWith('header') ? 'Header' : 'Footer' });
      }
      seen.add(text);
    }
  }
}

/** Reads flat OpenDocument, the same tree in one XML file. Returns false if it is something else. */
export function addFlatOpenDocument(document: DocumentBuilder, xml: string, limits: ParseLimits): boolean {
  addContent(document, xml, limits);
  return document.textLength > 0;
}

export const openDocumentParser = defineFormat({
  formats: ['odt', 'odp'],
  async parse(bytes, context) {
    const { document, format, limits } = context;
    const zip = openZip(bytes, limits);
    const manifest = parseXml(readPart(zip, 'META-INF/manifest.xml'));
    const isEncrypted = findAll(manifest, 'file-entry').some(
      (entry) => attributeOf(entry, 'full-path') === 'content.xml' && childOf(entry, 'encryption-data') !== undefined,
    );
    if (isEncrypted || zip.has('encrypted-package')) {
      throw new ParseFailure('encrypted', 'This file is password-protected. Remove the password and upload it again.');
    }
    const content = readPart(zip, 'content.xml');
    if (!content) throw new Error('no content.xml');
    describe(document, parseXml(readPart(zip, 'meta.xml')));
    addContent(document, content, limits);
    if (format === 'odt') addHeadersAndFooters(document, parseXml(readPart(zip, 'styles.xml')));
    // The slide of an image is not tracked; its text is what matters.
    Object.assign(document, { page: undefined, section: undefined });
    const pictures = [...zip.entries.keys()].filter((name) => name.startsWith('Pictures/'));
    await addEmbeddedImages(
      pictures.map((name) => ({ name, read: () => zip.read(name) })),
      context,
    );
  },
});
