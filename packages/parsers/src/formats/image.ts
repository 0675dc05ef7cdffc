import { ParseFailure } from '@lorebox/ports/parser';
import type { FormatParser } from '../format-parser.ts';
import { OcrTimeout } from '../ocr/engine.ts';
import { noteConfidence } from '../ocr/note-confidence.ts';
import { openImage } from '../ocr/open-image.ts';
import { readPage } from '../ocr/read-page.ts';
import { OcrNeeded } from '../ocr/settings.ts';
import { addPages, type PageContent } from '../pdf-document.ts';
import { readLines } from '../pdf-lines.ts';

/** Photographs and scans: every page of the file is recognised. */
export const imageParser: FormatParser = {
  formats: ['image'],
  async parse(bytes, { document, limits, ocr, onPage }) {
    if (ocr === 'off') {
      throw new ParseFailure(
        'needs-ocr',
        'This file is an image, and text recognition (OCR) is turned off here. Run it through an OCR tool and upload the result.',
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
      noteConfidence(document, count, index + 1, page);
      pages.push({ lines: readLines(page.text), loose: page.text.loose, notes: [] });
    }
    document.pageCount = count;
    if (image.isAnimated) document.warn('Only the first picture of this animation was read.');
    addPages(document, pages, []);
    if (document.textLength === 0) {
      throw new ParseFailure(
        'empty',
        `No text was found in this image, looking for ${ocr.languages.join(' and ')}. If it shows any, upload a sharper copy.`,
      );
    }
  },
};

function explainTimeout(page: number): ParseFailure {
  return new ParseFailure(
    'timeout',
    `Reading page ${page} of this image took too long; it shows too much beside text. Cut it to its text and upload it again.`,
  );
}
