/** What one file may cost; every value can be set by the operator. */
export interface ParseLimits {
  /** Bytes of the file itself. Images, audio and video are told apart before this is looked at. */
  maxFileBytes: number;
  /** UTF-16 code units of extracted text. */
  maxTextLength: number;
  /** Entries in a zip container (DOCX, XLSX, EPUB ...). */
  maxZipEntries: number;
  /** Bytes of all entries of a zip container once unpacked. */
  maxUnpackedBytes: number;
  /** Unpacked bytes per packed byte, looked at once a container opens to more than 16 MB. */
  maxUnpackRatio: number;
  /** How deep elements, objects and groups may be nested. */
  maxDepth: number;
  /** Pixels of an image, before anything of it is decoded. */
  maxImagePixels: number;
}

export const DEFAULT_LIMITS: ParseLimits = {
  maxFileBytes: 512 * 1024 * 1024,
  maxTextLength: 200_000_000,
  maxZipEntries: 10_000,
  maxUnpackedBytes: 512 * 1024 * 1024,
  maxUnpackRatio: 200,
  maxDepth: 512,
  maxImagePixels: 100_000_000,
};
