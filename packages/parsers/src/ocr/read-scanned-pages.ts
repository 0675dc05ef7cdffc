import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { DocumentBuilder } from '../document-builder.ts';
import type { ParseContext } from '../format-parser.ts';
import type { PageContent } from '../pdf-document.ts';
import { readLines } from '../pdf-lines.ts';
import { OcrTimeout, openEngine } from './engine.ts';
import { noteConfidence } from './note-confidence.ts';
import { loadSharp } from './open-image.ts';
import { MAX_SIDE } from './prepare-image.ts';
import { type ReadPage, readPage } from './read-page.ts';
import type { OcrSettings } from './settings.ts';

export interface ScannedPdf {
  pdf: PDFDocumentProxy;
  document: DocumentBuilder;
  settings: OcrSettings;
  onPage: ParseContext['onPage'];
}

const DOTS_PER_POINT = 250 / 72;

/** Number of pages without a result, by reason. */
export interface LostPages {
  /** Pages that could not be rendered. */
  broken: number;
  /** Pages that took too long. */
  late: number;
}

/** Runs OCR on these pages and adds the results to `pages`. */
export async function readScannedPages(
  scanned: ScannedPdf,
  numbers: readonly number[],
  pages: PageContent[],
): Promise<LostPages> {
  const { pdf, document, settings, onPage } = scanned;
  // Missing installations fail the whole file, not its pages.
  if (numbers.length > 0) await Promise.all([openEngine(settings), loadSharp()]);
  const lost = { broken: 0, late: 0 };
  for (const number of numbers) {
    await onPage(number, pdf.numPages);
    const read = await drawAndRead(pdf, number, settings).catch(toError);
    const page = pages[number - 1];
    if (read instanceof OcrTimeout) {
      lost.late++;
      document.warn(`Page ${number} took too long to read and was skipped.`);
    } else if (read instanceof Error || !page) lost.broken++;
    if (read instanceof Error || !page) continue;
    const isUncertain = noteConfidence(document, pdf.numPages, number, read, settings.minConfidence);
    const lines = readLines(read.text);
    if (lines.length > 0 || read.text.loose.length > 0) {
      pages[number - 1] = { lines, height: read.text.height, loose: read.text.loose, notes: page.notes, isUncertain };
    }
  }
  return lost;
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

async function drawAndRead(pdf: PDFDocumentProxy, number: number, settings: OcrSettings): Promise<ReadPage> {
  const { createCanvas } = await import('@napi-rs/canvas');
  const sharp = await loadSharp();
  const page = await pdf.getPage(number);
  try {
    const { width: across, height: down } = page.getViewport({ scale: 1 });
    const viewport = page.getViewport({ scale: Math.min(DOTS_PER_POINT, MAX_SIDE / Math.max(across, down)) });
    const [width, height] = [Math.max(1, Math.ceil(viewport.width)), Math.max(1, Math.ceil(viewport.height))];
    const canvas = createCanvas(width, height);
    // The types of pdf.js only know the browser's canvas.
    await page.render({ canvas: canvas as unknown as null, viewport }).promise;
    const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
    return await readPage(sharp(data, { raw: { width, height, channels: 4 } }), width, height, settings);
  } finally {
    page.cleanup();
  }
}
