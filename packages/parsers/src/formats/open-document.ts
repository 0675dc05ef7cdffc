import { ParseFailure } from '@lorebox/ports/parser';
import { decodeText } from '../decode-text.ts';
import type { DocumentBuilder } from '../document-builder.ts';
import { addEmbeddedImages } from '../embedded-images.ts';
import { defineFormat } from '../format-parser.ts';
import type { ParseLimits } from '../limits.ts';
import { writeLatex } from '../mathml.ts';
import { OdfReader, type OpenOdfObject } from '../odf-reader.ts';
import { OdfStyles } from '../odf-styles.ts';
import { OdsReader } from '../ods-reader.ts';
import { isPageLabel } from '../print-lines.ts';
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
  document.describe('description', textOf(findAll(meta, 'description')[0]));
  document.describe('keywords', findAll(meta, 'keyword').map(textOf).join(', '));
  document.describe('created', textOf(findAll(meta, 'creation-date')[0]));
  document.describe('modified', textOf(findAll(meta, 'date')[0]));
}

interface Content {
  document: DocumentBuilder;
  styles: OdfStyles;
  limits: ParseLimits;
  openObject: OpenOdfObject;
}

/** Returns the formula in a frame as LaTeX, or undefined if it holds something else. */
function readFormula(frame: XmlElement, openObject: OpenOdfObject): string | undefined {
  const object = childOf(frame, 'object');
  const href = attributeOf(object, 'href');
  const root = href === undefined ? childrenOf(object)[0] : openObject(href);
  const math = root?.name === 'math' ? root : findAll(root, 'math')[0];
  return math ? writeLatex(math) : undefined;
}

/** Reads body elements one by one: text documents by paragraph or table, presentations by slide, sheets by row. */
function addContent(xml: string, { document, styles, limits, openObject }: Content): void {
  const reader = new OdfReader(document, styles, openObject, (frame) => readFormula(frame, openObject));
  const sheets = new OdsReader(document, styles, reader);
  let inBody = 0;
  let isSheet = false;
  walkUnits(
    xml,
    (element, depth) => {
      if (element.name === 'body') inBody = depth;
      if (inBody === 0) return /^(automatic-styles|styles|master-styles)$/.test(element.name);
      if (depth === inBody + 1) isSheet = element.name === 'spreadsheet';
      // body > text|presentation > unit; body > spreadsheet > table > ... > row
      if (!isSheet || (depth === inBody + 2 && element.name !== 'table')) return depth === inBody + 2;
      if (element.name === 'table' && depth === inBody + 2) sheets.startSheet(element);
      return /^(table-row|table-column|shapes|forms)$/.test(element.name);
    },
    (unit) => {
      if (inBody === 0) styles.add(unit);
      else if (isSheet && unit.name !== 'tracked-changes') sheets.addUnit(unit);
      else reader.addUnit(unit);
    },
    limits.maxDepth,
  );
  if (isSheet) sheets.finish();
  reader.finish();
}

function addHeadersAndFooters(document: DocumentBuilder, styles: XmlElement | undefined): void {
  const seen = new Set<string>();
  document.page = undefined;
  for (const page of findAll(styles, 'master-page')) {
    for (const part of childrenOf(page)) {
      if (!/^(header|footer)/.test(part.name)) continue;
      const text = findAll(part, 'p').map(textOf).join(' ');
      // Page numbers, dates and sheet names are stored as they were when the file was saved, or as "???".
      if (!isPageLabel(text.replace(/\b\d{1,4}\b/g, '')) && !seen.has(text)) {
        document.add('paragraph', text, { section: part.name.startsWith('header') ? 'Header' : 'Footer' });
      }
      seen.add(text);
    }
  }
}

/** Reads flat OpenDocument, the same tree in one XML file. Returns false if it is something else. */
export function addFlatOpenDocument(document: DocumentBuilder, xml: string, limits: ParseLimits): boolean {
  addContent(xml, { document, styles: new OdfStyles(), limits, openObject: () => undefined });
  return document.textLength > 0;
}

function requireNotEncrypted(zip: ZipFile): void {
  const manifest = parseXml(readPart(zip, 'META-INF/manifest.xml'));
  const isEncrypted = findAll(manifest, 'file-entry').some(
    (entry) => attributeOf(entry, 'full-path') === 'content.xml' && childOf(entry, 'encryption-data') !== undefined,
  );
  if (isEncrypted || zip.has('encrypted-package')) {
    throw new ParseFailure('encrypted', 'This file is password-protected. Remove the password and upload it again.');
  }
}

export const openDocumentParser = defineFormat({
  formats: ['odt', 'odp', 'ods'],
  async parse(bytes, context) {
    const { document, format, limits } = context;
    const zip = openZip(bytes, limits);
    requireNotEncrypted(zip);
    const content = readPart(zip, 'content.xml');
    if (!content) throw new Error('no content.xml');
    describe(document, parseXml(readPart(zip, 'meta.xml')));
    const styleSheet = parseXml(readPart(zip, 'styles.xml'));
    const styles = new OdfStyles();
    styles.add(styleSheet);
    const openObject: OpenOdfObject = (href) => {
      const part = `${href.replace(/^\.?\//, '').replace(/\/$/, '')}/content.xml`;
      return zip.has(part) ? parseXml(readPart(zip, part)) : undefined;
    };
    addContent(content, { document, styles, limits, openObject });
    if (format !== 'odp') addHeadersAndFooters(document, styleSheet);
    // The slide of an image is not tracked; its text is what matters.
    Object.assign(document, { page: undefined, section: undefined });
    const pictures = [...zip.entries.keys()].filter((name) => name.startsWith('Pictures/'));
    await addEmbeddedImages(
      pictures.map((name) => ({ name, read: () => zip.read(name) })),
      context,
    );
  },
});
