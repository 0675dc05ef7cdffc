import type { Sharp } from 'sharp';
import type { PdfPageText } from '../pdf-runs.ts';
import { type OcrLine, openEngine } from './engine.ts';
import { joinWords } from './join-words.ts';
import { type PreparedImage, prepareImage, turnOver } from './prepare-image.ts';
import type { OcrSettings } from './settings.ts';

export interface ReadPage {
  /** Strings in their places, as a page of a PDF gives them. */
  text: PdfPageText;
  /** 0 to 100, the mean over all letters; 0 where there are none. */
  confidence: number;
}

/** Text that stands on its head is "read" with less than this. */
const DOUBTFUL = 65;
/** Lines below this are pictures, rules and stains. */
const HOPELESS = 30;
/** Long side of the page in points: what the layout of PDF pages reckons in. */
const PAGE_SIDE = 842;

/** Recognises one page. The image may be slanted, sideways or upside down. */
export async function readPage(image: Sharp, width: number, height: number, settings: OcrSettings): Promise<ReadPage> {
  const engine = await openEngine(settings);
  let page: PreparedImage = await prepareImage(image, width, height);
  let lines = engine.recognize(page.png, page.isSparse);
  if (lines.length > 0 && rate(lines).confidence < DOUBTFUL) {
    const over = await turnOver(page);
    const others = engine.recognize(over.png, over.isSparse);
    if (rate(others).total > rate(lines).total) [page, lines] = [over, others];
  }
  const legible = lines.filter((line) => rate([line]).confidence >= HOPELESS);
  const scale = PAGE_SIDE / Math.max(page.width, page.height);
  const text = { width: page.width * scale, height: page.height * scale, ...joinWords(legible, scale) };
  return { text, confidence: rate(legible).confidence };
}

function rate(lines: OcrLine[]): { confidence: number; total: number } {
  let letters = 0;
  let total = 0;
  for (const { words } of lines) {
    for (const { text, confidence } of words) {
      letters += text.length;
      total += text.length * confidence;
    }
  }
  return { confidence: letters === 0 ? 0 : total / letters, total };
}
