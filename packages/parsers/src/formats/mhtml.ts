import { defineFormat } from '../format-parser.ts';
import { readMail } from './eml.ts';
import { addHtml } from './html.ts';
import { addParagraphs } from './text.ts';

/** A web page saved with its pictures as one file. Its envelope is that of a mail. */
export const mhtmlParser = defineFormat({
  formats: ['mhtml'],
  extensions: ['mht', 'mhtml'],
  async parse(bytes, context) {
    const { document } = context;
    const page = await readMail(bytes, context);
    if (page.html) addHtml(document, page.html, { keepMetadata: true });
    else addParagraphs(document, page.text ?? '');
    document.title ??= page.subject;
    document.describe('date', page.date);
    const address = /^snapshot-content-location:[ \t]*(\S{1,2000})/im.exec(
      Buffer.from(bytes.subarray(0, 4096)).toString('latin1'),
    )?.[1];
    document.describe('url', address);
  },
});
