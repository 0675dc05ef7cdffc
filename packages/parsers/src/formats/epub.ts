import { ParseFailure } from '@lorebox/ports/parser';
import { squeezeText } from '../clean-text.ts';
import { addEmbeddedImages, type EmbeddedImage } from '../embedded-images.ts';
import { defineFormat } from '../format-parser.ts';
import { listPictures } from '../html-pictures.ts';
import { attributeOf, childOf, childrenOf, findAll, parseXml, textOf } from '../xml.ts';
import { openZip, resolvePath, type ZipFile } from '../zip.ts';
import { addHtml, decodeHtml } from './html.ts';

function readXml(zip: ZipFile, path: string) {
  const bytes = zip.read(path);
  return bytes ? parseXml(decodeHtml(bytes)) : undefined;
}

/** Returns chapter titles by file, from the table of contents of either EPUB version. */
function readChapterTitles(zip: ZipFile, contents: string): Map<string, string> {
  const titles = new Map<string, string>();
  const tree = readXml(zip, contents);
  const note = (reference: string | undefined, title: string) => {
    const path = reference ? resolvePath(contents, reference) : '';
    if (path && title && !titles.has(path)) titles.set(path, title);
  };
  for (const point of findAll(tree, 'navPoint')) {
    note(attributeOf(childOf(point, 'content'), 'src'), squeezeText(textOf(childOf(point, 'navLabel'))));
  }
  for (const nav of findAll(tree, 'nav')) {
    for (const link of findAll(nav, 'a')) note(attributeOf(link, 'href'), squeezeText(textOf(link)));
  }
  return titles;
}

function refuseProtected(zip: ZipFile): void {
  const encryption = readXml(zip, 'META-INF/encryption.xml');
  const algorithms = findAll(encryption, 'EncryptionMethod').map((method) => attributeOf(method, 'Algorithm') ?? '');
  // Fonts are often obfuscated, which does not affect the text.
  if (algorithms.some((algorithm) => !/#RC$|embedding$/i.test(algorithm))) {
    throw new ParseFailure('encrypted', 'This book is protected by DRM. Upload a copy without DRM.');
  }
}

function picturesOf(html: string, chapter: string, zip: ZipFile): EmbeddedImage[] {
  return listPictures(html).map((address) => {
    const name = resolvePath(chapter, address);
    return { name, read: () => zip.read(name) };
  });
}

export const epubParser = defineFormat({
  formats: ['epub'],
  async parse(bytes, context) {
    const { document, limits } = context;
    const zip = openZip(bytes, limits);
    refuseProtected(zip);
    const rootfile = findAll(readXml(zip, 'META-INF/container.xml'), 'rootfile')[0];
    const opfPath =
      attributeOf(rootfile, 'full-path') ?? [...zip.entries.keys()].find((name) => name.endsWith('.opf')) ?? '';
    const opf = readXml(zip, opfPath);
    if (!opf) throw new Error('no package document');
    for (const field of childrenOf(childOf(opf, 'metadata'))) {
      if (field.prefix !== 'dc' || field.name === 'identifier') continue;
      const before = document.metadata[field.name];
      const text = textOf(field);
      document.describe(field.name, before ? `${before}, ${text}` : text);
    }
    document.title = document.metadata.title;
    const items = new Map(childrenOf(childOf(opf, 'manifest')).map((item) => [attributeOf(item, 'id') ?? '', item]));
    const contents = [...items.values()].filter(
      (item) =>
        /\bnav\b/.test(item.attributes.properties ?? '') ||
        item.attributes['media-type'] === 'application/x-dtbncx+xml',
    );
    const titles = new Map<string, string>();
    for (const item of contents) {
      for (const [path, title] of readChapterTitles(zip, resolvePath(opfPath, item.attributes.href ?? ''))) {
        if (!titles.has(path)) titles.set(path, title);
      }
    }
    let missing = 0;
    for (const reference of childrenOf(childOf(opf, 'spine'), 'itemref')) {
      const item = items.get(attributeOf(reference, 'idref') ?? '');
      const path = resolvePath(opfPath, item?.attributes.href ?? '');
      const page = item ? zip.read(path) : undefined;
      if (!page) {
        missing++;
        continue;
      }
      document.section = titles.get(path) ?? document.section;
      const html = decodeHtml(page);
      addHtml(document, html);
      await addEmbeddedImages(picturesOf(html, path, zip), context);
    }
    if (missing > 0) document.warn(`${missing} parts of the book are missing from the file.`);
  },
});
