import { ParseFailure } from '@lorebox/ports/parser';
import { defineFormat } from '../format-parser.ts';
import { OcrTimeout } from '../ocr/engine.ts';
import { noteConfidence } from '../ocr/note-confidence.ts';
import { openImage } from '../ocr/open-image.ts';
import { readPage } from '../ocr/read-page.ts';
import { OcrNeeded } from '../ocr/settings.ts';
import { addPages, type PageContent } from '../pdf-document.ts';
import { readLines } from '../pdf-lines.ts';

/** Photographs and scans: runs OCR on every page of the file. */
export const imageParser = defineFormat({
  formats: ['image'],
  async parse(bytes, { document, limits, ocr, onPage }) {
    if (ocr === 'off') {
      throw new ParseFailure(
        'needs-ocr',
        'This file is an image, but text recognition (OCR) is turned off on this server. Run it through an OCR tool and upload the result.',
      );
    }
    if (ocr === 'defer') throw new OcrNeeded();
    const image = await openImage(bytes, limits.maxImagePixels);
    const count = image.pages.length;
    const pages: PageContent[] = [];
    for (const [index, open] of image.pages.entries()) {
      await onPage(index + 1, count);
      const { pixels, width, height } = open();
      const page = await readPage(pixels, width, height, ocr).catch((error) => {
        throw error instanceof OcrTimeout ? explainTimeout(index + 1) : error;
      });
      const isUncertain = noteConfidence(document, count, index + 1, page, ocr.minConfidence);
      const { text } = page;
      pages.push({ lines: readLines(text), height: text.height, loose: text.loose, notes: [], isUncertain });
    }
    document.pageCount = count;
    if (image.isAnimated) document.warn('Only the first frame of this animation was read.');
    addPages(document, pages, []);
    if (document.textLength === 0) {
      throw new ParseFailure(
        'empty',
        `No text was recognized in this image (languages: ${ocr.languages.join(', ')}). If it shows text, upload a sharper copy.`,
      );
    }
  },
});

function explainTimeout(page: number): ParseFailure {
  return new ParseFailure(
    'timeout',
    `Text recognition (OCR) of page ${page} timed out because the image is too complex. Crop it to its text and upload it again.`,
  );
}
