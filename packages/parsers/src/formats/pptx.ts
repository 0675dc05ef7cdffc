import type { DocumentBuilder } from '../document-builder.ts';
import { addEmbeddedImages } from '../embedded-images.ts';
import { defineFormat } from '../format-parser.ts';
import { addOfficeObjects } from '../office-objects.ts';
import { OfficePackage, type Relation } from '../office-package.ts';
import { attributeOf, childOf, childrenOf, findAll, parseXml, textOf, type XmlElement } from '../xml.ts';
import { openZip } from '../zip.ts';

const FURNITURE = new Set(['sldNum', 'dt', 'ftr', 'hdr', 'sldImg']);

function paragraphText(paragraph: XmlElement): string {
  let text = '';
  for (const child of childrenOf(paragraph)) {
    if (child.name === 'br') text += '\n';
    else if (child.name === 'r' || child.name === 'fld') text += textOf(childOf(child, 't'));
    else text += findAll(child, 't').map(textOf).join('');
  }
  return text;
}

function addTable(document: DocumentBuilder, table: XmlElement): void {
  for (const row of childrenOf(table, 'tr')) {
    const cells = childrenOf(row, 'tc').map((cell) => findAll(cell, 'p').map(paragraphText).join(' '));
    document.addRow(cells);
  }
}

/** Adds a chart as a small table: one row per series, with its name, category and value. */
function addChart(document: DocumentBuilder, chart: XmlElement | undefined): void {
  const title = findAll(childOf(chart, 'chart', 'title'), 't')
    .map(textOf)
    .join('');
  if (title) document.add('paragraph', title);
  for (const series of findAll(chart, 'ser')) {
    const values = (name: string) => findAll(childOf(series, name), 'v').map(textOf);
    const [name = ''] = values('tx');
    const categories = [...values('cat'), ...values('xVal')];
    const numbers = [...values('val'), ...values('yVal')];
    const points = numbers.map((value, index) => (categories[index] ? `${categories[index]}: ${value}` : value));
    document.addRow([name, ...(points.length > 0 ? points : categories)]);
  }
}

interface Slide {
  file: OfficePackage;
  relations: Map<string, Relation>;
  document: DocumentBuilder;
}

function placeholderOf(shape: XmlElement): XmlElement | undefined {
  return findAll(childrenOf(shape)[0], 'ph')[0];
}

function addShape(shape: XmlElement, slide: Slide): void {
  const { document, file, relations } = slide;
  if (shape.name === 'grpSp' || shape.name === 'AlternateContent' || shape.name === 'Choice') {
    for (const child of childrenOf(shape)) if (child.name !== 'Fallback') addShape(child, slide);
  } else if (shape.name === 'graphicFrame') {
    for (const table of findAll(shape, 'tbl')) addTable(document, table);
    const chart = attributeOf(findAll(shape, 'chart')[0], 'id');
    const diagram = attributeOf(findAll(shape, 'relIds')[0], 'dm');
    for (const id of [chart, diagram]) {
      const target = id ? relations.get(id)?.target : undefined;
      const xml = target ? file.readText(target) : undefined;
      if (!xml) continue;
      if (id === chart) addChart(document, parseXml(xml));
      else for (const paragraph of findAll(parseXml(xml), 'p')) document.add('list-item', paragraphText(paragraph));
    }
  } else if (shape.name === 'sp' || shape.name === 'cxnSp' || shape.name === 'contentPart') {
    const placeholder = placeholderOf(shape);
    const type = attributeOf(placeholder, 'type') ?? '';
    if (FURNITURE.has(type)) return;
    const isTitle = type === 'title' || type === 'ctrTitle';
    const paragraphs = childrenOf(childOf(shape, 'txBody'), 'p').map(paragraphText);
    if (isTitle) {
      document.add('heading', paragraphs.join(' ').replace(/\s+/g, ' '), { level: 2 });
      return;
    }
    const isList =
      placeholder !== undefined && type !== 'subTitle' && paragraphs.filter((text) => text.trim()).length > 1;
    for (const text of paragraphs) document.add(isList ? 'list-item' : 'paragraph', text);
  }
}

/** Adds the title first, then the other shapes in their order, then notes and comments. */
function addSlide(part: string, file: OfficePackage, document: DocumentBuilder): boolean {
  const xml = file.readText(part);
  if (!xml) return false;
  const relations = file.readRelations(part);
  const slide: Slide = { file, relations, document };
  const shapes = childrenOf(childOf(parseXml(xml), 'cSld', 'spTree'));
  const isTitle = (shape: XmlElement) => /^(ctrT|t)itle$/.test(attributeOf(placeholderOf(shape), 'type') ?? '');
  for (const shape of shapes) if (isTitle(shape)) addShape(shape, slide);
  for (const shape of shapes) if (!isTitle(shape)) addShape(shape, slide);
  for (const { type, target } of relations.values()) {
    if (type !== 'notesSlide' && type !== 'comments') continue;
    const tree = parseXml(file.readText(target) ?? '');
    document.section = type === 'notesSlide' ? 'Notes' : 'Comments';
    if (type === 'notesSlide') {
      for (const shape of childrenOf(childOf(tree, 'cSld', 'spTree')))
        addShape(shape, { ...slide, relations: new Map() });
    } else {
      for (const comment of [...findAll(tree, 'text'), ...findAll(tree, 't')])
        document.add('paragraph', textOf(comment));
    }
    document.section = undefined;
  }
  return true;
}

export const pptxParser = defineFormat({
  formats: ['pptx'],
  async parse(bytes, context) {
    const { document, limits } = context;
    const file = new OfficePackage(openZip(bytes, limits));
    file.describe(document);
    const main = file.findMainPart('ppt/presentation.xml');
    const relations = file.readRelations(main);
    const presentation = parseXml(file.readText(main) ?? '');
    if (!presentation) throw new Error('no presentation part');
    const slides = childrenOf(childOf(presentation, 'sldIdLst'), 'sldId');
    document.pageCount = slides.length;
    let missing = 0;
    for (const [index, slide] of slides.entries()) {
      // "id" also exists as an attribute without prefix. The relation is the one with a prefix.
      const key = Object.keys(slide.attributes).find((name) => name.endsWith(':id')) ?? '';
      const target = relations.get(slide.attributes[key] ?? '')?.target;
      document.page = index + 1;
      if (!target || !addSlide(target, file, document)) missing++;
      else {
        const parts = [...file.readRelations(target).values()];
        await addEmbeddedImages(file.listImages(parts), context);
        await addOfficeObjects(file, parts, context);
      }
    }
    if (missing > 0) document.warn(`${missing} of ${slides.length} slides are missing from the file.`);
  },
});
