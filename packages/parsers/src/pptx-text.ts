import { formatTarget } from './docx-fields.ts';
import { toCircled, toRepeatedLetter, toRoman } from './list-numbers.ts';
import { readOmml } from './omml.ts';
import { markLowered, markRaised, markStruck, resolveRaised } from './raised-marks.ts';
import { readSymbols } from './symbol-fonts.ts';
import { attributeOf, childOf, childrenOf, findAll, textOf, type XmlElement } from './xml.ts';

/** Targets of links by the relationship of the slide. */
export type SlideLinks = ReadonlyMap<string, string>;

export interface SlideParagraph {
  text: string;
  /** Number with its punctuation, "1." or "(a)". Empty for bullets and plain text. */
  mark: string;
}

function relationOf(element: XmlElement | undefined): string {
  const key = Object.keys(element?.attributes ?? {}).find((name) => name.endsWith(':id')) ?? '';
  return element?.attributes[key] ?? '';
}

/** Returns " (target)" for the link of a run or shape. */
export function readTarget(properties: XmlElement | undefined, text: string, links: SlideLinks): string {
  const target = links.get(relationOf(childOf(properties, 'hlinkClick')));
  return target ? formatTarget(target, text) : '';
}

function readRun(run: XmlElement, links: SlideLinks): string {
  const properties = childOf(run, 'rPr');
  const font = attributeOf(childOf(properties, 'sym') ?? childOf(properties, 'latin'), 'typeface');
  const text = readSymbols(textOf(childOf(run, 't')), font);
  const raise = Number(attributeOf(properties, 'baseline') ?? 0) || 0;
  const placed = raise > 0 ? markRaised(text) : raise < 0 ? markLowered(text) : text;
  const isStruck = /^(?:sng|dbl)Strike$/.test(attributeOf(properties, 'strike') ?? '');
  return (isStruck ? markStruck(placed) : placed) + readTarget(properties, text, links);
}

function readInline(element: XmlElement, links: SlideLinks): string {
  let text = '';
  for (const child of childrenOf(element)) {
    if (child.name === 'br') text += '\n';
    else if (child.name === 'tab') text += '\t';
    else if (child.name === 'r' || child.name === 'fld') text += readRun(child, links);
    else if (child.name === 'oMath') text += readOmml(child);
    else if (!/^(pPr|endParaRPr|Fallback)$/.test(child.name)) text += readInline(child, links);
  }
  return text;
}

export function readParagraphText(paragraph: XmlElement, links: SlideLinks): string {
  return resolveRaised(readInline(paragraph, links));
}

const NUMBERS: [prefix: string, format: (value: number) => string][] = [
  ['arabic', String],
  ['alphaLc', toRepeatedLetter],
  ['alphaUc', (value) => toRepeatedLetter(value).toUpperCase()],
  ['romanLc', toRoman],
  ['romanUc', (value) => toRoman(value).toUpperCase()],
  ['circleNum', toCircled],
];

function formatAutoNumber(type: string, value: number): string {
  const number = NUMBERS.find(([prefix]) => type.startsWith(prefix))?.[1](value) ?? String(value);
  if (type.endsWith('ParenBoth')) return `(${number})`;
  if (type.endsWith('ParenR')) return `${number})`;
  return type.endsWith('Period') ? `${number}.` : number;
}

interface Counter {
  type: string;
  value: number;
}

/** Reads the paragraphs of a text body and numbers its lists as PowerPoint does. */
export function readTextBody(body: XmlElement | undefined, links: SlideLinks): SlideParagraph[] {
  const styles = childOf(body, 'lstStyle');
  const counters: (Counter | undefined)[] = [];
  return childrenOf(body, 'p').map((paragraph) => {
    const text = readParagraphText(paragraph, links);
    // An empty paragraph has no number and doesn't end the list.
    if (text.trim() === '') return { text, mark: '' };
    const properties = childOf(paragraph, 'pPr');
    const depth = Number(attributeOf(properties, 'lvl') ?? 0) || 0;
    const inherited = childOf(styles, `lvl${depth + 1}pPr`);
    const hasOwnBullet = ['buNone', 'buChar', 'buBlip', 'buAutoNum'].some((name) => childOf(properties, name));
    const number = childOf(hasOwnBullet ? properties : inherited, 'buAutoNum');
    counters.length = Math.min(counters.length, depth + 1);
    if (!number) {
      counters[depth] = undefined;
      return { text, mark: '' };
    }
    const start = Number(attributeOf(number, 'startAt') ?? 1) || 1;
    const type = `${attributeOf(number, 'type') ?? 'arabicPeriod'}`;
    const key = `${type} ${start}`;
    const last = counters[depth];
    const value = last?.type === key ? last.value + 1 : start;
    counters[depth] = { type: key, value };
    return { text, mark: formatAutoNumber(type, value) };
  });
}

/** Returns the text of all paragraphs on one line. */
export function readLine(element: XmlElement, links: SlideLinks): string {
  return findAll(element, 'txBody')
    .flatMap((body) => readTextBody(body, links))
    .map(({ text, mark }) => (mark ? `${mark} ${text}` : text))
    .join(' ');
}
