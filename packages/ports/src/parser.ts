import type { FailureReason } from '@lorebox/contract/failure';

/**
 * Result of parsing one file. `text` is stored, searched and cited. All offsets are UTF-16 code unit indices into it
 * (JavaScript string indices), with an inclusive start and an exclusive end.
 */
export interface ParsedDocument {
  text: string;
  /** In reading order, without overlaps. Together they cover all of `text` except whitespace. */
  blocks: ParsedBlock[];
  /** From the document's own metadata or first heading; never the file name. */
  title?: string;
  /** Number of pages, slides or sheets; absent where the format has none. */
  pageCount?: number;
  /** Length of a recording in seconds; absent where the format has none. */
  duration?: number;
  /** Detected from the content, e.g. "pdf", "docx", "csv", "text", "code". */
  format: string;
  /** Author, dates, mail headers and other metadata as plain strings. */
  metadata: Record<string, string>;
  /** What was skipped and why ("3 of 10 pages hold only images"). Shown to the user with the document. */
  warnings: string[];
}

export interface ParsedBlock {
  kind: 'heading' | 'paragraph' | 'list-item' | 'table-row' | 'code' | 'quote';
  start: number;
  end: number;
  /** Heading depth, 1 is the top. */
  level?: number;
  /** PDF page, slide or sheet number, 1-based. */
  page?: number;
  /** Name of the page or the part of the file: sheet name, chapter title, mail subject. */
  section?: string;
  /** Position in a recording in seconds from its start. Both or neither are set. */
  startTime?: number;
  endTime?: number;
  /** Why this text is stored and shown, but not searched or cited. Absent for all other text. */
  excluded?: ExclusionReason;
}

/**
 * `page-furniture`: running heads, running feet and page numbers. `navigation`: menus, banners and footers of a web
 * page. `low-confidence`: uncertain OCR text, and text in a font without a table of its letters.
 */
export type ExclusionReason = (typeof EXCLUSION_REASONS)[number];
export const EXCLUSION_REASONS = ['page-furniture', 'navigation', 'low-confidence'] as const;

export interface ParseRequest {
  /** Absolute path of the stored bytes. */
  path: string;
  /** File name given by the user. A hint only; the content decides. */
  filename: string;
  /** Media type declared by the client. A hint only. */
  declaredType?: string;
  /** No data of the file may leave this machine. A recording that only a remote server could transcribe fails. */
  localOnly?: boolean;
}

/** Progress of a file whose pages, or minutes of audio, take seconds each. */
export interface ParseProgress {
  /** Page, embedded image or minute that is being processed, from 1. */
  page: number;
  pageCount: number;
  unit: 'page' | 'image' | 'minute';
}

/** Converts files to text with positions. Implementations isolate the work: no file can block or crash the process. */
export interface Parser {
  /**
   * @throws ParseFailure for every file without text, with a reason for the user.
   * @throws the signal's reason when aborted; the worker is killed without waiting for it.
   * `onProgress` is called before each page that needs OCR and before each minute of a recording.
   */
  parse(
    request: ParseRequest,
    signal?: AbortSignal,
    onProgress?: (progress: ParseProgress) => void,
  ): Promise<ParsedDocument>;
  close(): Promise<void>;
}

/** Why a file yielded no text. `message` is for the user: what is wrong and what to do. */
export class ParseFailure extends Error {
  readonly reason: FailureReason;
  constructor(reason: FailureReason, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'ParseFailure';
    this.reason = reason;
  }
}
