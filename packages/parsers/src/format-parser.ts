import type { DocumentBuilder } from './document-builder.ts';
import type { ParseLimits } from './limits.ts';
import type { OcrMode } from './ocr/settings.ts';
import type { SpeechMode } from './speech/settings.ts';

/** What a format parser knows about the file beside its bytes. */
export interface ParseContext<Format extends string = string> {
  format: Format;
  /** Safe to show; never a path to open. */
  filename: string;
  /** The decoded text, for formats that are text. Decoded once, on first use. */
  readText(): string;
  /** Receives blocks, title, metadata and warnings. */
  document: DocumentBuilder;
  limits: ParseLimits;
  ocr: OcrMode;
  speech: SpeechMode;
  /** Where the file lies, for recordings, whose bytes are only its head; undefined for a part of another file. */
  path: string | undefined;
  /** To be told before each page that takes long; resolves once it has been passed on. */
  onPage(page: number, pageCount: number, unit?: 'page' | 'image' | 'minute'): Promise<void>;
  /** Parses a part that is a file of its own (an attachment) into the same document. Resolves to false if it is no text. */
  parseAttachment(bytes: Uint8Array, filename: string): Promise<boolean>;
}

/**
 * Reads one family of formats. To add a format (or text recognition for images, speech for audio), write one of these
 * and name it in formats/registry.ts.
 */
export interface FormatParser<Format extends string = string> {
  formats: readonly [Format, ...Format[]];
  /** Of text formats that content alone doesn't tell apart: the extensions, in lower case, that do. */
  extensions?: readonly string[];
  /** @throws ParseFailure with a message for the user; anything else thrown is reported as damage. */
  parse(bytes: Uint8Array, context: ParseContext<Format>): Promise<void> | void;
}

export function defineFormat<const Format extends string>(parser: FormatParser<Format>): FormatParser<Format> {
  return parser;
}
