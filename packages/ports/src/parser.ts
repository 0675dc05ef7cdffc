import type { FailureReason } from '@lorebox/contract/failure';

/**
 * What a parser makes of one file. `text` is what is stored, searched and cited; every offset in the product is a
 * UTF-16 code unit index into it (JavaScript string indices), start inclusive, end exclusive.
 */
export interface ParsedDocument {
  text: string;
  /** In reading order, not overlapping; together they cover all of `text` but white space. */
  blocks: ParsedBlock[];
  /** From the document's own metadata or first heading; never the file name. */
  title?: string;
  /** Number of pages, slides or sheets; absent where the format has none. */
  pageCount?: number;
  /** Length of a recording in seconds; absent where the format has none. */
  duration?: number;
  /** Decided from content, e.g. "pdf", "docx", "csv", "text", "code". */
  format: string;
  /** Author, dates, mail headers and the like, as plain strings. */
  metadata: Record<string, string>;
  /** What was left out and why ("3 of 10 pages hold only images"); shown to the user beside the document. */
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
  /** Name of what `page` counts or of the part of the file: sheet name, chapter title, mail subject. */
  section?: string;
  /** Where in a recording this is said: seconds from its start. Both or neither. */
  startTime?: number;
  endTime?: number;
}

export interface ParseRequest {
  /** Absolute path of the stored bytes. */
  path: string;
  /** The name that the user gave; a hint only, content decides. */
  filename: string;
  /** Media type that the client declared; a hint only. */
  declaredType?: string;
  /** Nothing of the file may go to another machine: a recording that only a remote server could transcribe fails. */
  localOnly?: boolean;
}

/** How far a file is whose pages, or minutes of sound, take seconds each. */
export interface ParseProgress {
  /** The page or embedded image that is being read, or the minute that is being listened to; 1-based. */
  page: number;
  pageCount: number;
  unit: 'page' | 'image' | 'minute';
}

/** Turns files into text with positions. Implementations isolate the work: no file may stall or end the process. */
export interface Parser {
  /**
   * @throws ParseFailure for every file that yields no text, with a reason that is shown to the user.
   * @throws the signal's reason when aborted; the worker is killed, not asked.
   * `onProgress` is called for pages that need text recognition and minutes of recordings, before each of them.
   */
  parse(
    request: ParseRequest,
    signal?: AbortSignal,
    onProgress?: (progress: ParseProgress) => void,
  ): Promise<ParsedDocument>;
  close(): Promise<void>;
}

/** Why a file gave no text. `message` is for the user: what is wrong and what to do. */
export class ParseFailure extends Error {
  readonly reason: FailureReason;
  constructor(reason: FailureReason, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'ParseFailure';
    this.reason = reason;
  }
}
