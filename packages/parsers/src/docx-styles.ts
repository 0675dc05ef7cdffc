import { attributeOf, childOf, childrenOf, type XmlElement } from './xml.ts';

interface Style {
  name: string;
  basedOn: string | undefined;
  outline: number | undefined;
  numbering: string | undefined;
}

/** Heading levels by paragraph style, including inherited ones. */
export class DocxStyles {
  private readonly styles = new Map<string, Style>();

  constructor(root: XmlElement | undefined) {
    for (const style of childrenOf(root, 'style')) {
      const id = attributeOf(style, 'styleId');
      if (!id) continue;
      const outline = attributeOf(childOf(style, 'pPr', 'outlineLvl'), 'val');
      this.styles.set(id, {
        name: (attributeOf(childOf(style, 'name'), 'val') ?? id).toLowerCase(),
        basedOn: attributeOf(childOf(style, 'basedOn'), 'val'),
        outline: outline === undefined ? undefined : Number(outline),
        numbering: attributeOf(childOf(style, 'pPr', 'numPr', 'numId'), 'val'),
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

  isList(id: string | undefined): boolean {
    return [...this.chain(id)].some((style) => /^list (bullet|number|paragraph)/.test(style.name) && style.numbering);
  }

  numberingOf(id: string | undefined): string | undefined {
    for (const style of this.chain(id)) if (style.numbering) return style.numbering;
    return undefined;
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
