import { ParseFailure } from '@lorebox/ports/parser';
import { Parser } from 'htmlparser2';

export interface XmlElement {
  /** Local name, because prefixes differ between producers and between the strict and transitional dialects. */
  name: string;
  prefix: string;
  attributes: Record<string, string>;
  children: (XmlElement | string)[];
}

export interface XmlHandlers {
  open?(element: XmlElement, depth: number): void;
  /** `depth` is the depth of the element, 0 for the root. */
  close?(element: XmlElement, depth: number): void;
  text?(text: string, depth: number): void;
  comment?(text: string): void;
}

const PIECE = 65_536;

/**
 * Reads XML without building a tree. Skips broken parts and never expands DTD entities (they stay in the text
 * unchanged), so there is no "billion laughs" attack. Closes elements left open by a truncated file.
 */
export function walkXml(xml: string, handlers: XmlHandlers, maxDepth = 512): void {
  const parser = createXmlParser(handlers, maxDepth);
  for (let at = 0; at < xml.length; at += PIECE) parser.write(xml.slice(at, at + PIECE));
  parser.end();
}

function createXmlParser(handlers: XmlHandlers, maxDepth: number): Parser {
  const stack: XmlElement[] = [];
  return new Parser(
    {
      onopentag(tag, attributes) {
        if (stack.length >= maxDepth) {
          throw new ParseFailure(
            'damaged',
            'This file is nested too deeply to be read. Save it again in another format.',
          );
        }
        const colon = tag.indexOf(':');
        const name = tag.slice(colon + 1);
        const element: XmlElement = { name, prefix: tag.slice(0, Math.max(0, colon)), attributes, children: [] };
        stack.push(element);
        handlers.open?.(element, stack.length - 1);
      },
      onclosetag() {
        const element = stack.pop();
        if (element) handlers.close?.(element, stack.length);
      },
      oncomment: (text) => handlers.comment?.(text),
      ontext(text) {
        // Outside the root there are only remains of a DTD.
        if (stack.length > 0) handlers.text?.(text, stack.length);
      },
    },
    { xmlMode: true },
  );
}

/**
 * Builds the trees of the elements selected by `isUnit` one after the other and discards each, so that memory is
 * bounded by the largest unit, not by the file.
 */
export function walkUnits(
  xml: string,
  isUnit: (element: XmlElement, depth: number) => boolean,
  onUnit: (unit: XmlElement) => void,
  maxDepth?: number,
): void {
  walkXml(xml, collectUnits(isUnit, onUnit), maxDepth);
}

/** Like walkUnits, for units that are handled asynchronously. Yields those of a piece of the file after its end. */
export function* readUnits(
  xml: string,
  isUnit: (element: XmlElement, depth: number) => boolean,
  maxDepth = 512,
): Generator<XmlElement> {
  let units: XmlElement[] = [];
  const parser = createXmlParser(
    collectUnits(isUnit, (unit) => units.push(unit)),
    maxDepth,
  );
  for (let at = 0; at < xml.length; at += PIECE) {
    parser.write(xml.slice(at, at + PIECE));
    const complete = units;
    units = [];
    yield* complete;
  }
  parser.end();
  yield* units;
}

function collectUnits(
  isUnit: (element: XmlElement, depth: number) => boolean,
  onUnit: (unit: XmlElement) => void,
): XmlHandlers {
  const open: XmlElement[] = [];
  return {
    open(element, depth) {
      const parent = open[open.length - 1];
      if (parent) parent.children.push(element);
      if (parent || isUnit(element, depth)) open.push(element);
    },
    text(text) {
      open[open.length - 1]?.children.push(text);
    },
    close(element) {
      if (open[open.length - 1] !== element) return;
      open.pop();
      if (open.length === 0) onUnit(element);
    },
  };
}

/** Builds the whole tree. For small parts. */
export function parseXml(xml: string, maxDepth?: number): XmlElement | undefined {
  let root: XmlElement | undefined;
  walkUnits(
    xml,
    (_, depth) => depth === 0,
    (unit) => {
      root ??= unit;
    },
    maxDepth,
  );
  return root;
}

/** Returns an attribute by local name, whatever its prefix. */
export function attributeOf(element: XmlElement | undefined, name: string): string | undefined {
  if (!element) return undefined;
  const direct = element.attributes[name];
  if (direct !== undefined) return direct;
  for (const key in element.attributes) if (key.endsWith(`:${name}`)) return element.attributes[key];
  return undefined;
}

export function childrenOf(element: XmlElement | undefined, name?: string): XmlElement[] {
  const found: XmlElement[] = [];
  for (const child of element?.children ?? []) {
    if (typeof child !== 'string' && (name === undefined || child.name === name)) found.push(child);
  }
  return found;
}

export function childOf(element: XmlElement | undefined, ...path: string[]): XmlElement | undefined {
  let at = element;
  for (const name of path) at = firstChild(at, name);
  return at;
}

function firstChild(element: XmlElement | undefined, name: string): XmlElement | undefined {
  if (!element) return undefined;
  for (const child of element.children) if (typeof child !== 'string' && child.name === name) return child;
  return undefined;
}

/** Returns all elements with that name, at any depth, in document order. */
export function findAll(element: XmlElement | undefined, name: string, found: XmlElement[] = []): XmlElement[] {
  for (const child of childrenOf(element)) {
    if (child.name === name) found.push(child);
    findAll(child, name, found);
  }
  return found;
}

export function textOf(element: XmlElement | undefined): string {
  let text = '';
  for (const child of element?.children ?? []) text += typeof child === 'string' ? child : textOf(child);
  return text;
}
