import { ParseFailure } from '@lorebox/ports/parser';
import type { FormatParser } from '../format-parser.ts';

export const archiveParser: FormatParser = {
  formats: ['archive'],
  parse() {
    throw new ParseFailure(
      'unsupported',
      'This file is an archive or a package of files. Unpack it and upload the documents inside.',
    );
  },
};

export const unknownParser: FormatParser = {
  formats: ['unknown'],
  parse(bytes) {
    // A file of nothing but zeros is an upload that went wrong, not a kind of file.
    if (bytes.every((byte) => byte === 0)) throw new ParseFailure('empty', 'The document holds no text.');
    throw new ParseFailure(
      'unsupported',
      'This kind of file holds no text that can be read. Upload it as PDF, Office document, web page or plain text.',
    );
  },
};
