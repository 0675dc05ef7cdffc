/** Limits for one file. The operator can set every value. */
export interface ParseLimits {
  /** Bytes of the file itself. Images, audio and video are detected before this limit is checked. */
  maxFileBytes: number;
  /** UTF-16 code units of extracted text. */
  maxTextLength: number;
  /** Entries in a zip container (DOCX, XLSX, EPUB ...). */
  maxZipEntries: number;
  /** Unpacked bytes of all entries in a zip container. */
  maxUnpackedBytes: number;
  /** Unpacked bytes per packed byte. Checked once a container unpacks to more than 16 MB. */
  maxUnpackRatio: number;
  /** Maximum nesting depth of elements, objects and groups. */
  maxDepth: number;
  /** Pixels of an image, checked before it is decoded. */
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
