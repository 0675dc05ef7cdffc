import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { ParseFailure } from '@lorebox/ports/parser';
import { findLanguages } from './find-languages.ts';
import { refuseStart } from './refuse-start.ts';
import type { OcrSettings } from './settings.ts';
import { type Box, loadTesseract, type TesseractApi, type TesseractPage } from './tesseract.ts';

export interface OcrWord {
  text: string;
  box: Box;
  /** 0 to 100. */
  confidence: number;
}

export interface OcrLine {
  words: OcrWord[];
  box: Box;
  baseline: Box;
  /** Pixels from the highest ascender to the lowest descender. */
  height: number;
}

const LSTM_ONLY = 1;
/** Full layout analysis, or the page as a single block if that finds nothing. */
const SEGMENT_PAGE = '3';
const SINGLE_BLOCK = '6';

/** Share of a page's time for one attempt: upright, upside down, and the overhead around them. */
const ATTEMPT = 0.4;
const LAST_RESORT_MS = 5_000;

/** Thrown for a page that takes too long. Other pages may still succeed. */
export class OcrTimeout extends Error {}

/**
 * Runs Tesseract on this thread. A page blocks it for seconds, so call it only in a child process that does nothing
 * else. Languages are loaded once, with the first page.
 */
export class OcrEngine {
  private readonly settings: OcrSettings;
  private readonly tesseract: Awaited<ReturnType<typeof loadTesseract>>;
  private readonly api: TesseractApi;
  private readonly limit: { at: number };

  private constructor(
    settings: OcrSettings,
    tesseract: Awaited<ReturnType<typeof loadTesseract>>,
    limit: { at: number },
  ) {
    this.settings = settings;
    this.tesseract = tesseract;
    this.api = new tesseract.TessBaseAPI();
    this.limit = limit;
  }

  static async start(settings: OcrSettings): Promise<OcrEngine> {
    const found = findLanguages(settings);
    const limit = { at: Number.POSITIVE_INFINITY };
    const tesseract = await loadTesseract(() => {
      if (usedMs() > limit.at) throw new OcrTimeout('page recognition timed out');
    }).catch(refuseStart);
    for (const { language, path } of found) {
      const bytes = await readFile(path);
      tesseract.FS.writeFile(`${language}.traineddata`, bytes[0] === 0x1f ? gunzipSync(bytes) : bytes);
    }
    const engine = new OcrEngine(settings, tesseract, limit);
    if (engine.api.Init(null, settings.languages.join('+'), LSTM_ONLY) !== 0) {
      throw new ParseFailure(
        'needs-ocr',
        `Text recognition (OCR) failed to start with the data for "${settings.languages.join('", "')}". A data file may be damaged: replace it and try again.`,
      );
    }
    return engine;
  }

  /**
   * Returns lines in reading order; none if there is no text. The image is a PNG. `isSparse`: the page shows so little
   * that a second attempt is worthwhile if the layout analysis finds nothing; on a photograph that would take minutes.
   * @throws OcrTimeout
   */
  recognize(image: Uint8Array, isSparse: boolean): OcrLine[] {
    this.tesseract.FS.writeFile('/input', image);
    const lines = this.attempt(SEGMENT_PAGE, this.settings.pageDeadlineMs * ATTEMPT);
    if (lines.length > 0 || !isSparse) return lines;
    try {
      return this.attempt(SINGLE_BLOCK, LAST_RESORT_MS);
    } catch {
      return [];
    }
  }

  private attempt(mode: string, ms: number): OcrLine[] {
    this.api.SetVariable('tessedit_pageseg_mode', mode);
    if (this.api.SetImageFile(1, 0) === 1) throw new Error('page image transfer failed');
    this.limit.at = usedMs() + ms;
    try {
      this.api.Recognize(null);
      return listLines(JSON.parse(this.api.GetJSONText()) as TesseractPage);
    } finally {
      this.limit.at = Number.POSITIVE_INFINITY;
      this.api.Clear();
    }
  }

  close(): void {
    this.api.End();
  }
}

/** Returns CPU time instead of wall time, so that a busy machine doesn't cause timeouts. */
function usedMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function listLines({ blocks }: TesseractPage): OcrLine[] {
  const lines = (blocks ?? []).flatMap((block) => block.paragraphs.flatMap((paragraph) => paragraph.lines));
  return lines.flatMap((line) => {
    const words = line.words
      .filter((word) => word.text.trim() !== '')
      .map(({ text, bbox, confidence }) => ({ text: text.trim(), box: bbox, confidence }));
    const height = line.rowAttributes.rowHeight || line.bbox.y1 - line.bbox.y0;
    return words.length > 0 ? [{ words, box: line.bbox, baseline: line.baseline, height }] : [];
  });
}

let open: { key: string; started: Promise<OcrEngine> } | undefined;

/** Returns the engine of this process. Terminates an engine with other settings first. */
export function openEngine(settings: OcrSettings): Promise<OcrEngine> {
  const key = JSON.stringify(settings);
  if (open?.key === key) return open.started;
  open?.started.then((engine) => engine.close()).catch(() => {});
  const started = OcrEngine.start(settings);
  open = { key, started };
  started.catch(() => {
    if (open?.started === started) open = undefined;
  });
  return started;
}
