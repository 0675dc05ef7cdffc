// Positions the invisible words over the drawn page, for selection, search in the page and screen readers.
import 'pdfjs-dist/web/pdf_viewer.css';
import { GlobalWorkerOptions, getDocument } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

export type { PDFDocumentProxy } from 'pdfjs-dist';

GlobalWorkerOptions.workerSrc = workerUrl;

/** Opens a PDF of the server. It is loaded in ranges, so that a page of a large file is there soon. */
export function openPdf(url: string) {
  return getDocument({
    url,
    cMapUrl: '/assets/pdf/cmaps/',
    cMapPacked: true,
    standardFontDataUrl: '/assets/pdf/standard_fonts/',
    wasmUrl: '/assets/pdf/wasm/',
    enableXfa: false,
  });
}
