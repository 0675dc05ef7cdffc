import type { FormatParser } from '../format-parser.ts';
import { archiveParser } from './archive.ts';
import { asciidocParser } from './asciidoc.ts';
import { calendarParser } from './calendar.ts';
import { codeParser } from './code.ts';
import { csvParser } from './csv.ts';
import { docParser } from './doc.ts';
import { docxParser } from './docx.ts';
import { emlParser } from './eml.ts';
import { epubParser } from './epub.ts';
import { htmlParser } from './html.ts';
import { imageParser } from './image.ts';
import { iworkParser } from './iwork.ts';
import { jsonParser } from './json.ts';
import { latexParser } from './latex.ts';
import { markdownParser } from './markdown.ts';
import { mboxParser } from './mbox.ts';
import { mhtmlParser } from './mhtml.ts';
import { msgParser } from './msg.ts';
import { openDocumentParser } from './open-document.ts';
import { orgParser } from './org.ts';
import { parquetParser } from './parquet.ts';
import { pdfParser } from './pdf.ts';
import { pptParser } from './ppt.ts';
import { pptxParser } from './pptx.ts';
import { recordingParser } from './recording.ts';
import { rstParser } from './rst.ts';
import { rtfParser } from './rtf.ts';
import { spreadsheetParser } from './spreadsheet.ts';
import { sqliteParser } from './sqlite.ts';
import { subtitlesParser } from './subtitles.ts';
import { textParser } from './text.ts';
import { tnefParser } from './tnef.ts';
import { recognizedParser, unknownParser } from './unreadable.ts';
import { vcardParser } from './vcard.ts';
import { vsdxParser } from './vsdx.ts';
import { xmlParser } from './xml.ts';

/** All parsers. A new format is one file in formats/ and one line here. */
const PARSERS = [
  pdfParser,
  docxParser,
  docParser,
  pptxParser,
  pptParser,
  spreadsheetParser,
  openDocumentParser,
  rtfParser,
  epubParser,
  htmlParser,
  markdownParser,
  textParser,
  csvParser,
  jsonParser,
  xmlParser,
  codeParser,
  emlParser,
  msgParser,
  mboxParser,
  tnefParser,
  mhtmlParser,
  subtitlesParser,
  calendarParser,
  vcardParser,
  latexParser,
  rstParser,
  orgParser,
  asciidocParser,
  imageParser,
  recordingParser,
  sqliteParser,
  parquetParser,
  vsdxParser,
  iworkParser,
  archiveParser,
  recognizedParser,
  unknownParser,
];

export type Format = (typeof PARSERS)[number]['formats'][number];

const BY_FORMAT = new Map<Format, FormatParser>();
const BY_EXTENSION = new Map<string, Format>();
for (const parser of PARSERS) {
  for (const format of parser.formats) BY_FORMAT.set(format, parser);
  for (const extension of parser.extensions ?? []) BY_EXTENSION.set(extension, parser.formats[0]);
}

export function findFormatParser(format: Format): FormatParser {
  return BY_FORMAT.get(format) ?? unknownParser;
}

/** Returns the text format for a file extension. */
export function formatOfExtension(extension: string): Format | undefined {
  return BY_EXTENSION.get(extension);
}
