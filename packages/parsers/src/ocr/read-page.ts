import type { Sharp } from 'sharp';
import type { PdfPageText } from '../pdf-runs.ts';
import { type OcrLine, openEngine } from './engine.ts';
import { joinWords } from './join-words.ts';
import { enlarge, type PreparedImage, prepareImage, turnOver } from './prepare-image.ts';
import type { OcrSettings } from './settings.ts';

export interface ReadPage {
  /** Strings with their positions, as in a page of a PDF. */
  text: PdfPageText;
  /** Mean over all letters, 0 to 100; 0 if there are none. */
  confidence: number;
}

/** Upside-down text is "recognized" with a confidence below this. */
const DOUBTFUL = 65;
/** Below this confidence, or with lines of few pixels, a small image is enlarged and read again. */
const CERTAIN = 85;
const SMALL_LINE = 26;
/** Lines below this confidence are images, rules and stains. */
const MIN_PLAUSIBLE_CONFIDENCE = 30;
/** Letters whose sizes differ by less are treated as the same size. */
const NEARLY = 0.2;
/** Long side of the page in points, the unit of the PDF layout code. */
const PAGE_SIDE = 842;

/** Runs OCR on one page. The image may be slanted, sideways or upside down. */
export async function readPage(image: Sharp, width: number, height: number, settings: OcrSettings): Promise<ReadPage> {
  const engine = await openEngine(settings);
  let page = await prepareImage(image, width, height);
  let lines = engine.recognize(page.png, page.isSparse);
  const retry = async (change: (page: PreparedImage) => Promise<PreparedImage | undefined>) => {
    const other = await change(page);
    const others = other ? engine.recognize(other.png, other.isSparse) : [];
    if (other && rate(others).total > rate(lines).total) [page, lines] = [other, others];
  };
  if (lines.length > 0 && rate(lines).confidence < DOUBTFUL) await retry(turnOver);
  if (rate(lines).confidence < CERTAIN || medianHeight(lines) < SMALL_LINE) await retry(enlarge);
  const legible = evenOut(lines.filter((line) => rate([line]).confidence >= MIN_PLAUSIBLE_CONFIDENCE));
  const scale = PAGE_SIDE / Math.max(page.width, page.height);
  const text = { width: page.width * scale, height: page.height * scale, ...joinWords(legible, scale) };
  return { text, confidence: rate(legible).confidence };
}

/**
 * Evens out line heights. Heights are measured, and lines without ascenders are lower, so nearly common heights become
 * the common one.
 */
function evenOut(lines: OcrLine[]): OcrLine[] {
  const usual = medianHeight(lines);
  return lines.map((line) => (Math.abs(line.height / usual - 1) < NEARLY ? { ...line, height: usual } : line));
}

function medianHeight(lines: readonly OcrLine[]): number {
  const heights = lines.map((line) => line.height).sort((a, b) => a - b);
  return heights[heights.length >> 1] ?? 0;
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
