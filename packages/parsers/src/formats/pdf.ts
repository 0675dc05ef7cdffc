import { ParseFailure } from '@lorebox/ports/parser';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describeUnread } from '../describe-unread.ts';
import type { DocumentBuilder } from '../document-builder.ts';
import { defineFormat, type ParseContext } from '../format-parser.ts';
import { isScan } from '../ocr/is-scan.ts';
import { readScannedPages } from '../ocr/read-scanned-pages.ts';
import { OcrNeeded } from '../ocr/settings.ts';
import { addPages, type PageContent } from '../pdf-document.ts';
import { type PdfAnnotation, readAnnotations } from '../pdf-form.ts';
import { countHiddenText } from '../pdf-hidden-text.ts';
import { readLines } from '../pdf-lines.ts';
import { openPdf } from '../pdf-open.ts';
import { readOutline } from '../pdf-outline.ts';
import { type PdfTextItem, readRuns } from '../pdf-runs.ts';

async function readTextLayer(pdf: PDFDocumentProxy, number: number): Promise<PageContent> {
  const page = await pdf.getPage(number);
  try {
    const content = await page.getTextContent({ includeMarkedContent: false });
    const view = page.getViewport({ scale: 1 });
    const text = readRuns(content.items as unknown as PdfTextItem[], view.transform, view.width, view.height);
    const annotations = (await page.getAnnotations().catch(() => [])) as PdfAnnotation[];
    return { lines: readLines(text), height: text.height, loose: text.loose, notes: readAnnotations(annotations) };
  } finally {
    page.cleanup();
  }
}

function isBlank(page: PageContent): boolean {
  return page.lines.length === 0 && page.loose.every((line) => line.trim() === '') && page.notes.length === 0;
}

/** Converts pdf.js dates: D:20220408194723+02'00'. */
function formatDate(value: unknown): string | undefined {
  const parts = /^D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?/.exec(typeof value === 'string' ? value : '');
  if (!parts) return undefined;
  const [, year, month = '01', day = '01', hour, minute] = parts;
  return `${year}-${month}-${day}${hour ? ` ${hour}:${minute ?? '00'}` : ''}`;
}

async function describe(pdf: PDFDocumentProxy, document: DocumentBuilder): Promise<void> {
  const info = (await pdf.getMetadata().catch(() => undefined))?.info as Record<string, unknown> | undefined;
  const title = typeof info?.Title === 'string' ? info.Title.trim() : '';
  if (title) document.title = title;
  for (const key of ['Author', 'Subject'] as const) {
    const value = info?.[key];
    if (typeof value === 'string' && !/^\(?(?:anonymous|unspecified)\)?$/i.test(value.trim()))
      document.describe(key.toLowerCase(), value);
  }
  document.describe('keywords', info?.Keywords);
  document.describe('created', formatDate(info?.CreationDate));
  document.describe('modified', formatDate(info?.ModDate));
}

interface EmbeddedFile {
  filename?: string;
  content?: Uint8Array;
}

async function addEmbeddedFiles(pdf: PDFDocumentProxy, { document, parseAttachment }: ParseContext): Promise<void> {
  const found = (await pdf.getAttachments().catch(() => null)) as
    | Record<string, EmbeddedFile>
    | Map<string, EmbeddedFile>
    | null;
  const files = found instanceof Map ? [...found] : Object.entries(found ?? {});
  for (const [key, { filename, content }] of files) {
    const name = filename || key;
    const isRead = content !== undefined && (await parseAttachment(content, name));
    if (!isRead) document.warn(describeUnread(`The file "${name}" attached to this PDF`, document.lastFailure));
  }
}

/** Image dictionaries are always readable in the file, even if the rest of a PDF is in compressed object streams. */
function holdsImages(bytes: Uint8Array): boolean {
  return /\/Subtype\s*\/Image/.test(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'));
}

export const pdfParser = defineFormat({
  formats: ['pdf'],
  async parse(bytes, context) {
    const { document, limits, ocr, onPage } = context;
    const pdf = await openPdf(bytes, limits.maxImagePixels, typeof ocr === 'object');
    const pages: PageContent[] = [];
    const scans: number[] = [];
    let broken = 0;
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await readTextLayer(pdf, number).catch(() => undefined);
      if (!page) broken++;
      pages.push(page ?? { lines: [], height: 0, loose: [], notes: [] });
      if (ocr === 'off' || !page || !(await isScan(pdf, number, page))) continue;
      if (ocr === 'defer') throw new OcrNeeded();
      scans.push(number);
    }
    const count = pdf.numPages;
    document.pageCount = count;
    const scanned = { pdf, document, onPage };
    const lost =
      typeof ocr === 'object'
        ? await readScannedPages({ ...scanned, settings: ocr }, scans, pages)
        : { broken: 0, late: 0 };
    broken += lost.broken;
    const blank = pages.filter(isBlank).length - broken - lost.late;
    if (pages.every(isBlank)) {
      if (lost.late > 0) throw new ParseFailure('timeout', TOO_SLOW);
      if (broken === count) throw new Error('no page could be read');
      throw explainBlank(count, scans.length > 0, ocr === 'off' && holdsImages(bytes));
    }
    await describe(pdf, document);
    addPages(document, pages, await readOutline(pdf));
    if (broken > 0) document.warn(`${broken} of ${count} pages are damaged and were skipped.`);
    if (blank > 0 && holdsImages(bytes))
      document.warn(`${blank} of ${count} pages are blank or contain only images, so they have no text.`);
    const hidden = countHiddenText(bytes);
    if (hidden > 0)
      document.warn(
        `${hidden === 1 ? '1 piece of text is' : `${hidden} pieces of text are`} white or drawn without ink, so readers of the pages may not see them. They are read like other text.`,
      );
    await addEmbeddedFiles(pdf, context);
    await pdf.loadingTask.destroy();
  },
});

const TOO_SLOW =
  'Text recognition (OCR) of this PDF timed out because its pages are too complex. Scan it again in black and white.';

function explainBlank(count: number, wasScanned: boolean, needsOcr: boolean): ParseFailure {
  const pages = `${count} ${count === 1 ? 'page' : 'pages'}`;
  if (needsOcr) {
    return new ParseFailure(
      'needs-ocr',
      `This PDF contains only scanned images (${pages}), but text recognition (OCR) is turned off on this server. Run it through an OCR tool and upload the result.`,
    );
  }
  if (!wasScanned) return new ParseFailure('empty', 'The document contains no text.');
  return new ParseFailure(
    'empty',
    `This PDF contains only images (${pages}), and no text was recognized in them. If they show text, scan them again at a higher resolution.`,
  );
}
