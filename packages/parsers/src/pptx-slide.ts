import type { DocumentBuilder } from './document-builder.ts';
import { addChart } from './office-chart.ts';
import type { OfficePackage, Relation } from './office-package.ts';
import { readLine, readParagraphText, readTarget, readTextBody, type SlideLinks } from './pptx-text.ts';
import { sortByReading } from './shape-order.ts';
import { type GridCell, TableGrid } from './table-grid.ts';
import { attributeOf, childOf, childrenOf, findAll, parseXml, type XmlElement } from './xml.ts';

/** Half a centimeter in EMU: shapes whose tops differ by less are beside each other. */
const ROW_TOLERANCE = 180_000;
const FURNITURE = /^(sldNum|dt|ftr|hdr|sldImg)$/;

export interface Slide {
  file: OfficePackage;
  relations: Map<string, Relation>;
  links: SlideLinks;
  document: DocumentBuilder;
  /** Positions of the placeholders in the layout, by index and by type. */
  places: Map<string, { x: number; y: number }>;
  /** Headers, footers and dates, which most slides repeat. */
  furniture: Set<string>;
}

function propertiesOf(shape: XmlElement): XmlElement | undefined {
  return childOf(childrenOf(shape)[0], 'cNvPr');
}

export function placeholderOf(shape: XmlElement): XmlElement | undefined {
  return findAll(childrenOf(shape)[0], 'ph')[0];
}

export function isTitle(shape: XmlElement): boolean {
  return /^(ctrT|t)itle$/.test(attributeOf(placeholderOf(shape), 'type') ?? '');
}

function readPlace(shape: XmlElement): { x: number; y: number } | undefined {
  const transform = childOf(shape, 'spPr', 'xfrm') ?? childOf(shape, 'grpSpPr', 'xfrm') ?? childrenOf(shape, 'xfrm')[0];
  const offset = childOf(transform, 'off');
  const [x, y] = [Number(attributeOf(offset, 'x') ?? Number.NaN), Number(attributeOf(offset, 'y') ?? Number.NaN)];
  return Number.isNaN(x) || Number.isNaN(y) ? undefined : { x, y };
}

/** Reads where a layout places its placeholders. */
export function readPlaces(layout: XmlElement | undefined): Slide['places'] {
  const places: Slide['places'] = new Map();
  for (const shape of childrenOf(childOf(layout, 'cSld', 'spTree'))) {
    const placeholder = placeholderOf(shape);
    const place = readPlace(shape);
    if (!placeholder || !place) continue;
    places.set(`index ${attributeOf(placeholder, 'idx') ?? 0}`, place);
    places.set(`type ${attributeOf(placeholder, 'type') ?? 'obj'}`, place);
  }
  return places;
}

function placeOf(shape: XmlElement, slide: Slide) {
  const placeholder = placeholderOf(shape);
  const inherited = placeholder
    ? (slide.places.get(`index ${attributeOf(placeholder, 'idx') ?? 0}`) ??
      slide.places.get(`type ${attributeOf(placeholder, 'type') ?? 'obj'}`))
    : undefined;
  return { shape, place: readPlace(shape) ?? inherited };
}

/** Adds the title first, then the other shapes as they are read. */
export function addShapes(shapes: readonly XmlElement[], slide: Slide): void {
  for (const shape of shapes) if (isTitle(shape)) addShape(shape, slide);
  const others = shapes.flatMap(unwrap).filter((shape) => !isTitle(shape));
  for (const shape of sortByReading(
    others.map((shape) => placeOf(shape, slide)),
    ROW_TOLERANCE,
  ))
    addShape(shape, slide);
}

/** A shape in a version for newer programs stands beside its replacement for older ones. */
function unwrap(shape: XmlElement): XmlElement[] {
  if (shape.name !== 'AlternateContent') return [shape];
  return childrenOf(childOf(shape, 'Choice') ?? childOf(shape, 'Fallback')).flatMap(unwrap);
}

function addShape(shape: XmlElement, slide: Slide): void {
  if (shape.name === 'grpSp') addShapes(childrenOf(shape), slide);
  else if (shape.name === 'graphicFrame') addGraphic(shape, slide);
  else if (shape.name === 'pic') addDescription(shape, slide);
  else if (shape.name === 'sp' || shape.name === 'cxnSp' || shape.name === 'contentPart') addText(shape, slide);
}

function addDescription(shape: XmlElement, { document, links }: Slide): void {
  const properties = propertiesOf(shape);
  const text = (attributeOf(properties, 'descr') || attributeOf(properties, 'title') || '').trim();
  const target = readTarget(properties, '', links);
  if (text || target) document.add('paragraph', `[Image${text ? `: ${text}` : ''}]${target ? ` (${target})` : ''}`);
}

function addText(shape: XmlElement, slide: Slide): void {
  const { document, links } = slide;
  const placeholder = placeholderOf(shape);
  const type = attributeOf(placeholder, 'type') ?? '';
  const paragraphs = readTextBody(childOf(shape, 'txBody'), links);
  if (FURNITURE.test(type)) {
    const text = paragraphs.map(({ text }) => text.trim()).join(' ');
    if (text && type !== 'sldNum') slide.furniture.add(text);
    return;
  }
  const filled = paragraphs.filter(({ text }) => text.trim() !== '');
  const last = filled.at(-1);
  if (last) last.text += readTarget(propertiesOf(shape), last.text, links);
  if (isTitle(shape)) {
    document.add(
      'heading',
      filled
        .map(({ text }) => text)
        .join(' ')
        .replace(/\s+/g, ' '),
      { level: 2 },
    );
    return;
  }
  const isList = placeholder !== undefined && type !== 'subTitle' && filled.length > 1;
  for (const { text, mark } of filled) {
    document.add(isList || mark ? 'list-item' : 'paragraph', mark ? `${mark} ${text}` : text);
  }
  if (filled.length === 0 && !placeholder) addDescription(shape, slide);
}

function addGraphic(shape: XmlElement, slide: Slide): void {
  const { document, file, relations, links } = slide;
  addDescription(shape, slide);
  for (const table of findAll(shape, 'tbl')) addTable(document, table, links);
  const chart = attributeOf(findAll(shape, 'chart')[0], 'id');
  const diagram = attributeOf(findAll(shape, 'relIds')[0], 'dm');
  for (const id of [chart, diagram]) {
    const target = id ? relations.get(id)?.target : undefined;
    const xml = target ? file.readText(target) : undefined;
    if (!xml) continue;
    if (id === chart) addChart(document, parseXml(xml));
    else {
      for (const paragraph of findAll(parseXml(xml), 'p')) {
        document.add('list-item', readParagraphText(paragraph, links));
      }
    }
  }
}

function addTable(document: DocumentBuilder, table: XmlElement, links: SlideLinks): void {
  const grid = new TableGrid();
  const isTrue = (value: string | undefined) => value === '1' || value === 'true';
  for (const row of childrenOf(table, 'tr')) {
    const cells = childrenOf(row, 'tc').map((cell): GridCell => {
      if (isTrue(attributeOf(cell, 'hMerge')) || isTrue(attributeOf(cell, 'vMerge')))
        return { text: '', covered: 'listed' };
      return {
        text: readLine(cell, links),
        columns: Number(attributeOf(cell, 'gridSpan') ?? 1) || 1,
        rows: Number(attributeOf(cell, 'rowSpan') ?? 1) || 1,
      };
    });
    document.addRow(grid.place(cells));
  }
}
