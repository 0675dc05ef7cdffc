import { Parser } from 'htmlparser2';
import { decodeAs, decodeText, findBom } from '../decode-text.ts';
import type { DocumentBuilder } from '../document-builder.ts';
import { addEmbeddedImages } from '../embedded-images.ts';
import { defineFormat } from '../format-parser.ts';
import { dataPictures } from '../html-pictures.ts';
import { type HtmlOptions, HtmlReader } from '../html-reader.ts';

/** Decodes a page by its byte order mark, otherwise its declared charset, otherwise a guess. */
export function decodeHtml(bytes: Uint8Array): string {
  if (!findBom(bytes)) {
    const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
    const label =
      /<meta[^>]{0,200}charset\s{0,5}=\s{0,5}["']?\s{0,5}([\w-]{2,40})/i.exec(head)?.[1] ??
      /^<\?xml[^>]{0,200}encoding\s{0,5}=\s{0,5}["']([\w-]{2,40})/i.exec(head)?.[1];
    const text = label && !/^utf-?(8|16)/i.test(label) ? decodeAs(bytes, label) : undefined;
    if (text !== undefined) return text;
  }
  return decodeText(bytes)?.text ?? Buffer.from(bytes).toString('utf8');
}

/** Adds the blocks of the page. Returns the number of characters added. */
export function addHtml(document: DocumentBuilder, html: string, options: Partial<HtmlOptions> = {}): number {
  const before = document.textLength;
  const reader = new HtmlReader(document, { excludeNavigation: true, ...options });
  let comments = 0;
  const parser = new Parser(
    {
      onopentag: (name, attributes) => reader.open(name, attributes),
      onclosetag: (name) => reader.close(name),
      ontext: (text) => reader.text(text),
      oncomment: (text) => {
        if (isRemark(text)) comments++;
      },
    },
    { decodeEntities: true, lowerCaseTags: true, recognizeCDATA: true, recognizeSelfClosing: true },
  );
  for (let at = 0; at < html.length; at += 65_536) parser.write(html.slice(at, at + 65_536));
  parser.end();
  reader.finish();
  if (comments > 0)
    document.warn(`${comments === 1 ? '1 HTML comment was' : `${comments} HTML comments were`} left out.`);
  return document.textLength - before;
}

/** A comment with content, not a condition for a browser or the mark of an editor, such as `/wp:paragraph`. */
function isRemark(comment: string): boolean {
  const start = comment.slice(0, 1000).trim();
  return /[\p{L}\p{N}]/u.test(start) && !/^\[(?:end)?if\b|^<!\[|^\/?[a-z]+:[\w/-]+/i.test(start);
}

export const htmlParser = defineFormat({
  formats: ['html'],
  extensions: ['html', 'htm', 'xhtml'],
  async parse(bytes, context) {
    const html = decodeHtml(bytes);
    addHtml(context.document, html, { keepMetadata: true });
    await addEmbeddedImages(dataPictures(html), context);
  },
});
