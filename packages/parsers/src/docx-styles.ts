import { isOn } from './office-package.ts';
import { attributeOf, childOf, childrenOf, type XmlElement } from './xml.ts';

interface Style {
  id: string;
  name: string;
  basedOn: string | undefined;
  outline: number | undefined;
  numbering: string | undefined;
  numberingLevel: number | undefined;
  hidden: boolean | undefined;
  position: string | undefined;
  font: string | undefined;
}

/** Numbering that a paragraph takes from its style. */
export interface StyleNumbering {
  list: string;
  /** Style that names the list. Its level is the one linked to it. */
  style: string;
  level: number | undefined;
}

export interface RunFormat {
  hidden: boolean;
  /** "superscript", "subscript" or "baseline". */
  position: string | undefined;
  font: string | undefined;
}

interface OwnFormat {
  hidden: boolean | undefined;
  position: string | undefined;
  font: string | undefined;
  style: string | undefined;
}

/** Reads the properties in one pass, because every run has some. */
function readFormat(properties: XmlElement | undefined): OwnFormat {
  const format: OwnFormat = { hidden: undefined, position: undefined, font: undefined, style: undefined };
  for (const child of properties?.children ?? []) {
    if (typeof child === 'string') continue;
    if (child.name === 'vanish') format.hidden = isOn(child);
    else if (child.name === 'vertAlign') format.position = attributeOf(child, 'val');
    else if (child.name === 'rFonts') format.font = attributeOf(child, 'ascii') ?? attributeOf(child, 'hAnsi');
    else if (child.name === 'rStyle') format.style = attributeOf(child, 'val');
  }
  return format;
}

function readRunFormat(properties: XmlElement | undefined): Omit<OwnFormat, 'style'> {
  const { hidden, position, font } = readFormat(properties);
  return { hidden, position, font };
}

/** Heading levels, numbering and character formats by style, including inherited ones. */
export class DocxStyles {
  private readonly styles = new Map<string, Style>();
  private readonly formats = new Map<string, RunFormat>();

  constructor(root: XmlElement | undefined) {
    for (const style of childrenOf(root, 'style')) {
      const id = attributeOf(style, 'styleId');
      if (!id) continue;
      const outline = attributeOf(childOf(style, 'pPr', 'outlineLvl'), 'val');
      const numbering = childOf(style, 'pPr', 'numPr');
      const level = attributeOf(childOf(numbering, 'ilvl'), 'val');
      this.styles.set(id, {
        id,
        name: (attributeOf(childOf(style, 'name'), 'val') ?? id).toLowerCase(),
        basedOn: attributeOf(childOf(style, 'basedOn'), 'val'),
        outline: outline === undefined ? undefined : Number(outline),
        numbering: attributeOf(childOf(numbering, 'numId'), 'val'),
        numberingLevel: level === undefined ? undefined : Number(level) || 0,
        ...readRunFormat(childOf(style, 'rPr')),
      });
    }
  }

  /** Returns 1 to 9, or undefined for body text. */
  headingLevel(id: string | undefined): number | undefined {
    // Without a style sheet, the id usually names the level.
    const direct = /^heading ?([1-9])$/i.exec(id ?? '')?.[1];
    for (const style of this.chain(id)) {
      const named = /^heading ([1-9])\b/.exec(style.name)?.[1];
      if (named) return Number(named);
      if (style.name === 'title') return 1;
      if (style.outline !== undefined) return style.outline < 9 ? style.outline + 1 : undefined;
    }
    return direct && !this.styles.has(id ?? '') ? Number(direct) : undefined;
  }

  isQuote(id: string | undefined): boolean {
    return [...this.chain(id)].some((style) => /^(intense )?quote$/.test(style.name));
  }

  numberingOf(id: string | undefined): StyleNumbering | undefined {
    let level: number | undefined;
    for (const style of this.chain(id)) {
      level ??= style.numberingLevel;
      if (style.numbering) return { list: style.numbering, style: style.id, level };
    }
    return undefined;
  }

  /** Returns the format of a run: its own properties, then its character style, then its paragraph style. */
  formatOf(properties: XmlElement | undefined, paragraphStyle: string | undefined): RunFormat {
    if (!properties) return this.inheritedFormat(undefined, paragraphStyle);
    const format = readFormat(properties);
    const inherited = this.inheritedFormat(format.style, paragraphStyle);
    return {
      hidden: format.hidden ?? inherited.hidden,
      position: format.position ?? inherited.position,
      font: format.font ?? inherited.font,
    };
  }

  private inheritedFormat(character: string | undefined, paragraph: string | undefined): RunFormat {
    const key = `${character ?? ''}\n${paragraph ?? ''}`;
    const known = this.formats.get(key);
    if (known) return known;
    const format: RunFormat = { hidden: false, position: undefined, font: undefined };
    let hidden: boolean | undefined;
    for (const style of [...this.chain(character), ...this.chain(paragraph)]) {
      hidden ??= style.hidden;
      format.position ??= style.position;
      format.font ??= style.font;
    }
    format.hidden = hidden === true;
    this.formats.set(key, format);
    return format;
  }

  private *chain(id: string | undefined): Generator<Style> {
    let at = id;
    for (let steps = 0; at !== undefined && steps < 20; steps++) {
      const style = this.styles.get(at);
      if (!style) return;
      yield style;
      at = style.basedOn;
    }
  }
}
