import { ParseFailure } from '@lorebox/ports/parser';
import { defineFormat } from '../format-parser.ts';

export const archiveParser = defineFormat({
  formats: ['archive'],
  parse() {
    throw new ParseFailure('unsupported', 'This file is an archive. Unpack it and upload the documents inside.');
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
