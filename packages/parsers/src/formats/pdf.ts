import { ParseFailure } from '@lorebox/ports/parser';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { squeezeText } from '../clean-text.ts';
import type { DocumentBuilder } from '../document-builder.ts';
import type { FormatParser } from '../format-parser.ts';
import { type PdfAnnotation, readAnnotations } from '../pdf-form.ts';
import { dropFurniture } from '../pdf-furniture.ts';
import { type PdfLine, readLines } from '../pdf-lines.ts';
import { openPdf } from '../pdf-open.ts';
import { type OutlineEntry, readOutline } from '../pdf-outline.ts';
import { buildBlocks, studyTypography } from '../pdf-paragraphs.ts';
import { type PdfTextItem, readRuns } from '../pdf-runs.ts';

interface PageContent {
  lines: PdfLine[];
  loose: string[];
  notes: string[];
}

async function readPage(pdf: PDFDocumentProxy, number: number): Promise<PageContent> {
  const page = await pdf.getPage(number);
  try {
    const content = await page.getTextContent({ includeMarkedContent: false });
    const view = page.getViewport({ scale: 1 });
    const text = readRuns(content.items as unknown as PdfTextItem[], view.transform, view.width, view.height);
    const annotations = (await page.getAnnotations().catch(() => [])) as PdfAnnotation[];
    return { lines: readLines(text), loose: text.loose, notes: readAnnotations(annotations) };
  } finally {
    page.cleanup();
  }
}

function isBlank(page: PageContent): boolean {
  return page.lines.length === 0 && page.loose.every((line) => line.trim() === '') && page.notes.length === 0;
}

/** pdf.js dates: D:20220408194723+02'00'. */
function formatDate(value: unknown): string | undefined {
  const parts = /^D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?/.exec(typeof value === 'string' ? value : '');
  if (!parts) return undefined;
  const [, year, month = '01', day = '01', hour, minute] = parts;
  return `${year}-${month}-${day}${hour ? ` ${hour}:${minute ?? '00'}` : ''}`;
}

async function describe(pdf: PDFDocumentProxy, document: DocumentBuilder): Promise<void> {
  const info = (await pdf.getMetadata().catch(() => undefined))?.info as Record<string, unknown> | undefined;
  const title = typeof info?.Title === 'string' ? info.Title.trim() : '';
  // Programs put their own name and the file's there.
  if (
    title &&
    !/^(microsoft \w+ - |untitled|\(anonymous\))|\.(docx?|pptx?|xlsx?|indd|tex|dvi|qxd|pdf|p65)$/i.test(title)
  ) {
    document.title = title;
  }
  document.describe('author', info?.Author);
  document.describe('subject', info?.Subject);
  document.describe('keywords', info?.Keywords);
  document.describe('created', formatDate(info?.CreationDate));
  document.describe('modified', formatDate(info?.ModDate));
  const attachments = (await pdf.getAttachments().catch(() => null)) as
    | Record<string, unknown>
    | Map<string, unknown>
    | null;
  const names = attachments instanceof Map ? [...attachments.keys()] : Object.keys(attachments ?? {});
  for (const name of names) document.warn(`The file "${name}" inside this PDF was not read; upload it on its own.`);
}

function addPages(document: DocumentBuilder, pages: PageContent[], outline: OutlineEntry[]): void {
  const kept = dropFurniture(pages.map((page) => page.lines));
  const typography = studyTypography(kept);
  let pending: OutlineEntry[] = outline;
  let section: string | undefined;
  for (const [index, lines] of kept.entries()) {
    const number = index + 1;
    document.page = number;
    for (const block of buildBlocks(lines, typography)) {
      const text = squeezeText(block.text);
      const at = pending.findIndex((entry) => entry.page <= number && text.length < 300 && text.endsWith(entry.title));
      const entry = at >= 0 ? pending[at] : undefined;
      if (entry) {
        section = entry.title;
        pending = pending.slice(at + 1);
      }
      document.section = section;
      if (block.cells) document.addRow(block.cells);
      else if (entry) document.add('heading', text, { level: entry.level });
      else document.add(block.kind, block.text, block.level === undefined ? undefined : { level: block.level });
    }
    for (const line of [...(pages[index]?.loose ?? []), ...(pages[index]?.notes ?? [])])
      document.add('paragraph', line);
    // Titles that were not found as text hold from the next page on.
    const last = pending.filter((entry) => entry.page <= number).pop();
    if (last) {
      section = last.title;
      pending = pending.slice(pending.indexOf(last) + 1);
    }
  }
}

/** Images always stand in the open, even where the rest of a PDF is packed. */
function holdsImages(bytes: Uint8Array): boolean {
  return /\/Subtype\s*\/Image/.test(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'));
}

export const pdfParser: FormatParser = {
  formats: ['pdf'],
  async parse(bytes, { document }) {
    const pdf = await openPdf(bytes);
    const pages: PageContent[] = [];
    let broken = 0;
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await readPage(pdf, number).catch(() => undefined);
      if (!page) broken++;
      pages.push(page ?? { lines: [], loose: [], notes: [] });
    }
    const count = pdf.numPages;
    document.pageCount = count;
    const blank = pages.filter(isBlank).length - broken;
    if (broken === count) throw new Error('no page could be read');
    if (blank + broken === count) {
      if (!holdsImages(bytes)) throw new ParseFailure('empty', 'The document holds no text.');
      throw new ParseFailure(
        'needs-ocr',
        `This PDF holds only scanned images (${count} ${count === 1 ? 'page' : 'pages'}). Text recognition (OCR) is not available yet; run it through an OCR tool and upload the result.`,
      );
    }
    await describe(pdf, document);
    addPages(document, pages, await readOutline(pdf));
    if (broken > 0) document.warn(`${broken} of ${count} pages are damaged and were left out.`);
    if (blank > 0 && holdsImages(bytes))
      document.warn(`${blank} of ${count} pages hold only images or nothing; they have no text.`);
    await pdf.loadingTask.destroy();
  },
};
