import { createRequire } from 'node:module';

/** The part of tesseract.js-core that is used. The package has no types. */
interface TesseractModule {
  FS: { writeFile(path: string, bytes: Uint8Array): void };
  TessBaseAPI: new () => TesseractApi;
}

export interface TesseractApi {
  /** 0 on success. */
  Init(dataFolder: null, languages: string, engineMode: number): number;
  SetVariable(name: string, value: string): boolean;
  /** Reads /input. Returns 1 if it is not an image. */
  SetImageFile(exifOrientation: number, angle: number): number;
  Recognize(monitor: null): number;
  GetJSONText(): string;
  Clear(): void;
  End(): void;
}

export interface Box {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

export interface TesseractLine {
  words: { text: string; bbox: Box; confidence: number }[];
  bbox: Box;
  baseline: Box;
  rowAttributes: { rowHeight: number };
}

export interface TesseractPage {
  blocks: { paragraphs: { lines: TesseractLine[] }[] }[] | null;
}

const require = createRequire(import.meta.url);

/**
 * Loads the WebAssembly build, with vector instructions if the processor supports them. `onProgress` is called many
 * times during OCR of a page; throwing from it aborts the OCR.
 */
export async function loadTesseract(onProgress: () => void): Promise<TesseractModule> {
  const options = { print() {}, printErr() {}, TesseractProgress: onProgress };
  try {
    return await require('tesseract.js-core/tesseract-core-simd-lstm.js')(options);
  } catch {
    return require('tesseract.js-core/tesseract-core-lstm.js')(options);
  }
}
