import { drawPage } from '@lorebox/parsers/testing/draw-page';
import { makePdf } from './make-pdf.ts';
import type { UploadFile } from './multipart.ts';
import { TextGenerator } from './texts.ts';

export interface KillFile extends UploadFile {
  externalId: string;
  /** A word that occurs only in this file. */
  marker: string;
}

/** Some documents have many batches, so that kills also hit between the batches of one document. */
const LARGE_EVERY = 10;
const PDF_EVERY = 7;
/** Recognizing an image takes about a second, so that kills hit OCR. */
const PICTURE_EVERY = 20;

/** Creates texts, large texts, PDFs and images of text, each with a unique word. */
export function makeKillFiles(documents: number, seed: number): KillFile[] {
  const texts = new TextGenerator(seed);
  return Array.from({ length: documents }, (_, i) => {
    const externalId = `report-${i}`;
    if (i % PICTURE_EVERY === 3) {
      const marker = `harbour ${1000 + i}`;
      const lines = ['The keeper of the lighthouse notes', `that ${marker} was seen at noon.`];
      return { name: `${externalId}.png`, externalId, marker, content: drawPage(lines, { width: 900, height: 400 }) };
    }
    if (i % PDF_EVERY === 2) {
      const marker = `zqpdf${i}x`;
      return { name: `${externalId}.pdf`, externalId, marker, content: makePdf(12, seed + i, marker) };
    }
    const marker = `zqmarker${i}x`;
    const content = `${marker}. ${texts.text(i % LARGE_EVERY === 0 ? 30_000 : 800)}`;
    return { name: `${externalId}.txt`, externalId, marker, content };
  });
}
