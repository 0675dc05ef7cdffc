/** How text recognition works in a child process; plain data, since it crosses the border to it. */
export interface OcrSettings {
  /** Tesseract's language codes, the most likely first: "eng", "deu", "chi_sim". */
  languages: string[];
  /** Folders with LANGUAGE.traineddata or LANGUAGE.traineddata.gz; asked before the installed packages. */
  folders: string[];
  /** Time for one page; the child is ended when it is exceeded, so each attempt at a page gets less. */
  pageDeadlineMs: number;
}

/**
 * What a child does with pages that hold no text. `off`: they stay without. `defer`: the file is handed back, for a
 * child that may load the native code of image decoders.
 */
export type OcrMode = 'off' | 'defer' | OcrSettings;

/** Thrown in `defer` mode; not a failure, the file goes on to another child. */
export class OcrNeeded extends Error {
  constructor() {
    super('the file has pages that require text recognition');
    this.name = 'OcrNeeded';
  }
}
