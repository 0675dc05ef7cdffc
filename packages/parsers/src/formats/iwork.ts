import { ParseFailure } from '@lorebox/ports/parser';
import { defineFormat } from '../format-parser.ts';
import { openZip } from '../zip.ts';

/** Pages, Numbers and Keynote files: the PDF preview inside, if the program saved one. */
export const iworkParser = defineFormat({
  formats: ['iwork'],
  async parse(bytes, context) {
    const zip = openZip(bytes, context.limits);
    const preview = zip.read('QuickLook/Preview.pdf') ?? zip.read('preview.pdf');
    if (preview && (await context.parseAttachment(preview, 'Preview.pdf'))) {
      context.document.warn(
        'The text is that of the preview in this file. Export the document as PDF to include all of it.',
      );
      return;
    }
    throw new ParseFailure(
      'unsupported',
      'This is a Pages, Numbers or Keynote document without a PDF preview. Export it as PDF or in an Office format and upload that.',
    );
  },
});
