import type { ParsedFormat } from '@lorebox/ports/parser';
import type { FormatParser } from './format-parser.ts';
import { codeParser } from './formats/code.ts';
import { csvParser } from './formats/csv.ts';
import { docParser } from './formats/doc.ts';
import { docxParser } from './formats/docx.ts';
import { emlParser } from './formats/eml.ts';
import { epubParser } from './formats/epub.ts';
import { htmlParser } from './formats/html.ts';
import { imageParser } from './formats/image.ts';
import { jsonParser } from './formats/json.ts';
import { markdownParser } from './formats/markdown.ts';
import { mboxParser } from './formats/mbox.ts';
import { msgParser } from './formats/msg.ts';
import { openDocumentParser } from './formats/open-document.ts';
import { pdfParser } from './formats/pdf.ts';
import { pptParser } from './formats/ppt.ts';
import { pptxParser } from './formats/pptx.ts';
import { recordingParser } from './formats/recording.ts';
import { rtfParser } from './formats/rtf.ts';
import { spreadsheetParser } from './formats/spreadsheet.ts';
import { textParser } from './formats/text.ts';
import { archiveParser, unknownParser } from './formats/unreadable.ts';
import { xmlParser } from './formats/xml.ts';

/** Every parser there is; a new format is one file in formats/ and one line here. */
const PARSERS: readonly FormatParser[] = [
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
  imageParser,
  recordingParser,
  archiveParser,
  unknownParser,
];

const BY_FORMAT = new Map<ParsedFormat, FormatParser>();
for (const parser of PARSERS) for (const format of parser.formats) BY_FORMAT.set(format, parser);

export function findFormatParser(format: ParsedFormat): FormatParser {
  return BY_FORMAT.get(format) ?? unknownParser;
}
