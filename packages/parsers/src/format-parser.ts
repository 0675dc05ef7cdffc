import type { DocumentBuilder } from './document-builder.ts';
import type { ParseLimits } from './limits.ts';
import type { OcrMode } from './ocr/settings.ts';
import type { SpeechMode } from './speech/settings.ts';

/** What a format parser knows about the file besides its bytes. */
export interface ParseContext<Format extends string = string> {
  format: Format;
  /** Safe to display. Never use it as a path. */
  filename: string;
  /** Returns the decoded text of text formats. Decodes once, on first use. */
  readText(): string;
  /** Receives blocks, title, metadata and warnings. */
  document: DocumentBuilder;
  limits: ParseLimits;
  ocr: OcrMode;
  speech: SpeechMode;
  /** Path of the file, for recordings, which are passed with only their first bytes. Undefined for a nested file. */
  path: string | undefined;
  /** Call it before each slow page. Resolves once the progress was reported. */
  onPage(page: number, pageCount: number, unit?: 'page' | 'image' | 'minute'): Promise<void>;
  /** Parses a nested file (an attachment) into the same document. Resolves to false if it has no text. */
  parseAttachment(bytes: Uint8Array, filename: string): Promise<boolean>;
}

/**
 * Reads one family of formats. To add a format (or OCR for images, speech for audio), implement this interface and add
 * it to formats/registry.ts.
 */
export interface FormatParser<Format extends string = string> {
  formats: readonly [Format, ...Format[]];
  /** Lowercase extensions that distinguish text formats whose content looks alike. */
  extensions?: readonly string[];
  /** @throws ParseFailure with a message for the user. Any other error is reported as a damaged file. */
  parse(bytes: Uint8Array, context: ParseContext<Format>): Promise<void> | void;
}

export function defineFormat<const Format extends string>(parser: FormatParser<Format>): FormatParser<Format> {
  return parser;
}
