import { defineFormat } from '../format-parser.ts';
import { OfficePackage } from '../office-package.ts';
import { attributeOf, childrenOf, findAll, parseXml, textOf, type XmlElement } from '../xml.ts';
import { openZip } from '../zip.ts';

function cellOf(row: XmlElement, name: string): string {
  return (
    attributeOf(
      childrenOf(row, 'Cell').find((cell) => attributeOf(cell, 'N') === name),
      'V',
    )?.trim() ?? ''
  );
}

/** Returns "Owner: Ida" for each filled field of a shape. */
function readShapeData(shape: XmlElement): string[] {
  return childrenOf(shape, 'Section')
    .filter((section) => attributeOf(section, 'N') === 'Property')
    .flatMap((section) => childrenOf(section, 'Row'))
    .map((row) => [cellOf(row, 'Label') || (attributeOf(row, 'N') ?? ''), cellOf(row, 'Value')])
    .filter(([, value]) => value !== '')
    .map(([label, value]) => `${label}: ${value}`);
}

/** Visio drawings: the texts and data of the shapes on each page. */
export const vsdxParser = defineFormat({
  formats: ['vsdx'],
  parse(bytes, { document, limits }) {
    const file = new OfficePackage(openZip(bytes, limits));
    file.describe(document);
    const pages = 'visio/pages/pages.xml';
    const relations = file.readRelations(pages);
    const list = childrenOf(parseXml(file.readText(pages) ?? ''), 'Page');
    document.pageCount = list.length;
    for (const [index, page] of list.entries()) {
      document.page = index + 1;
      document.section = attributeOf(page, 'Name');
      const target = relations.get(attributeOf(childrenOf(page, 'Rel')[0], 'id') ?? '')?.target;
      const root = parseXml((target && file.readText(target)) ?? '');
      for (const shape of findAll(root, 'Shape')) {
        for (const text of childrenOf(shape, 'Text')) document.add('paragraph', textOf(text));
        for (const line of readShapeData(shape)) document.add('paragraph', line);
      }
    }
    Object.assign(document, { page: undefined, section: undefined });
    const comments = parseXml(file.readText('visio/comments.xml') ?? '');
    for (const comment of findAll(comments, 'CommentEntry')) {
      document.add('paragraph', `Comment: ${textOf(comment)}`, { section: 'Comments' });
    }
  },
});
