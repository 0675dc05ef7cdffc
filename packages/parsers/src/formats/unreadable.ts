import { ParseFailure } from '@lorebox/ports/parser';
import { defineFormat } from '../format-parser.ts';

const REASONS = {
  onenote: 'This is a OneNote section. Export it from OneNote as PDF or Word document and upload that.',
  djvu: 'This is a DjVu document. Convert it to PDF, for example with DjView or ddjvu, and upload the PDF.',
};

/** Formats that are recognized, so that the failure says what to do. */
export const recognizedParser = defineFormat({
  formats: ['onenote', 'djvu'],
  parse(_, { format }) {
    throw new ParseFailure('unsupported', REASONS[format]);
  },
});

export const unknownParser = defineFormat({
  formats: ['unknown'],
  parse(bytes) {
    // A file of zeros only is a failed upload, not a format.
    if (bytes.every((byte) => byte === 0)) throw new ParseFailure('empty', 'The document contains no text.');
    throw new ParseFailure(
      'unsupported',
      'Unsupported file type. Upload the document as PDF, Office document, web page or plain text.',
    );
  },
});
