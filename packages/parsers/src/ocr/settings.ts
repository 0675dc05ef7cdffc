/** OCR settings of a child process. Plain data, because it is sent to the child. */
export interface OcrSettings {
  /** Tesseract language codes, most likely first: "eng", "deu", "chi_sim". */
  languages: string[];
  /** Folders with LANGUAGE.traineddata or LANGUAGE.traineddata.gz. Searched before the installed packages. */
  folders: string[];
  /** Pages with less confidence, in percent, are stored but not searched. Default: 0. */
  minConfidence?: number;
  /**
   * Time for one page in milliseconds. The child is terminated when it is exceeded, so each attempt at a page gets
   * less.
   */
  pageDeadlineMs: number;
}

/**
 * How a child handles pages without text. `off`: leaves them empty. `defer`: hands the file back, for a child that may
 * load the native image decoders.
 */
export type OcrMode = 'off' | 'defer' | OcrSettings;

/** Thrown in `defer` mode. Not a failure: the file goes to another child. */
export class OcrNeeded extends Error {
  constructor() {
    super('the file has pages that require text recognition');
    this.name = 'OcrNeeded';
  }
}
