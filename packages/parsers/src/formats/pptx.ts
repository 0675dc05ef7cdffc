import { addEmbeddedImages } from '../embedded-images.ts';
import { defineFormat, type ParseContext } from '../format-parser.ts';
import { addOfficeObjects } from '../office-objects.ts';
import { OfficePackage } from '../office-package.ts';
import { addShapes, isTitle, placeholderOf, readPlaces, type Slide } from '../pptx-slide.ts';
import { readLine } from '../pptx-text.ts';
import { childOf, childrenOf, findAll, parseXml, textOf, type XmlElement } from '../xml.ts';
import { openZip } from '../zip.ts';

interface Presentation {
  file: OfficePackage;
  context: ParseContext;
  furniture: Set<string>;
  /** Layouts and masters in use. */
  layouts: Set<string>;
  hidden: string[];
}

function readShapes(root: XmlElement | undefined): XmlElement[] {
  return childrenOf(childOf(root, 'cSld', 'spTree'));
}

function openLayout(slide: string, { file, layouts }: Presentation): Slide['places'] {
  const places: Slide['places'] = new Map();
  let part = slide;
  for (const type of ['slideLayout', 'slideMaster']) {
    const target = [...file.readRelations(part).values()].find((relation) => relation.type === type)?.target;
    if (target === undefined) break;
    layouts.add(target);
    for (const [key, place] of readPlaces(parseXml(file.readText(target) ?? ''))) {
      if (!places.has(key)) places.set(key, place);
    }
    part = target;
  }
  return places;
}

/** Adds the shapes of a slide, then notes and comments. Returns false if the slide is missing from the file. */
function addSlide(part: string, number: number, presentation: Presentation): boolean {
  const { file, context, furniture } = presentation;
  const { document } = context;
  const root = parseXml(file.readText(part) ?? '');
  if (!root) return false;
  const shapes = readShapes(root);
  if (/^(0|false)$/.test(root.attributes.show ?? '')) {
    const title = shapes.filter(isTitle).map((shape) => readLine(shape, new Map()))[0];
    presentation.hidden.push(`${number}${title?.trim() ? ` "${title.trim()}"` : ''}`);
    return true;
  }
  const relations = file.readRelations(part);
  const slide: Slide = {
    file,
    relations,
    links: file.readLinks(part),
    document,
    places: openLayout(part, presentation),
    furniture,
  };
  addShapes(shapes, slide);
  for (const { type, target } of relations.values()) {
    if (type !== 'notesSlide' && type !== 'comments') continue;
    const tree = parseXml(file.readText(target) ?? '');
    document.section = type === 'notesSlide' ? 'Notes' : 'Comments';
    if (type === 'notesSlide') {
      addShapes(readShapes(tree), { ...slide, relations: new Map(), links: file.readLinks(target), places: new Map() });
    } else {
      for (const comment of [...findAll(tree, 'text'), ...findAll(tree, 't')])
        document.add('paragraph', textOf(comment));
    }
    document.section = undefined;
  }
  return true;
}

/** Adds once what layouts and masters show on every slide. */
function addFurniture({ file, context, furniture, layouts }: Presentation): void {
  const { document } = context;
  for (const part of layouts) {
    for (const shape of readShapes(parseXml(file.readText(part) ?? ''))) {
      const text = placeholderOf(shape) ? '' : readLine(shape, file.readLinks(part)).trim();
      if (text) furniture.add(text);
    }
  }
  for (const text of furniture) document.add('paragraph', text, { section: 'Footer' });
}

export const pptxParser = defineFormat({
  formats: ['pptx'],
  async parse(bytes, context) {
    const { document, limits } = context;
    const file = new OfficePackage(openZip(bytes, limits));
    file.describe(document);
    const main = file.findMainPart('ppt/presentation.xml');
    const relations = file.readRelations(main);
    const root = parseXml(file.readText(main) ?? '');
    if (!root) throw new Error('no presentation part');
    const presentation: Presentation = { file, context, furniture: new Set(), layouts: new Set(), hidden: [] };
    const slides = childrenOf(childOf(root, 'sldIdLst'), 'sldId');
    document.pageCount = slides.length;
    let missing = 0;
    for (const [index, slide] of slides.entries()) {
      // "id" also exists as an attribute without prefix. The relation is the one with a prefix.
      const key = Object.keys(slide.attributes).find((name) => name.endsWith(':id')) ?? '';
      const target = relations.get(slide.attributes[key] ?? '')?.target;
      document.page = index + 1;
      const hiddenBefore = presentation.hidden.length;
      if (!target || !addSlide(target, index + 1, presentation)) missing++;
      else if (presentation.hidden.length === hiddenBefore) {
        const parts = [...file.readRelations(target).values()];
        await addEmbeddedImages(file.listImages(parts), context);
        await addOfficeObjects(file, parts, context);
      }
    }
    document.page = undefined;
    addFurniture(presentation);
    if (missing > 0) document.warn(`${missing} of ${slides.length} slides are missing from the file.`);
    if (presentation.hidden.length > 0) {
      document.warn(
        `Hidden slides left out: ${presentation.hidden.join(', ').slice(0, 1000)}. Show them to include them.`,
      );
    }
  },
});
