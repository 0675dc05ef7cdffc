import { attributeOf, childOf, childrenOf, findAll, type XmlElement } from './xml.ts';

interface OdfStyle {
  parent: string | undefined;
  list: string | undefined;
  position: string | undefined;
  isHidden: boolean | undefined;
  strike: string | undefined;
}

export interface OdfLevel {
  isBullet: boolean;
  /** "1", "a", "A", "i", "I" or "" for no number. */
  format: string;
  /** Written with %1 to %9 for the numbers, by newer programs. */
  pattern: string | undefined;
  prefix: string;
  suffix: string;
  /** How many levels the number shows. */
  shown: number;
  start: number;
  letterSync: boolean;
}

export type OdfListStyle = Map<number, OdfLevel>;

export interface OdfFormat {
  isHidden: boolean;
  position: 'super' | 'sub' | undefined;
  isStruck: boolean;
}

function readLevel(element: XmlElement): OdfLevel {
  return {
    isBullet: element.name.endsWith('bullet') || element.name.endsWith('image'),
    format: attributeOf(element, 'num-format') ?? '',
    pattern: attributeOf(element, 'num-list-format'),
    prefix: attributeOf(element, 'num-prefix') ?? '',
    suffix: attributeOf(element, 'num-suffix') ?? '',
    shown: Number(attributeOf(element, 'display-levels') ?? 1) || 1,
    start: Number(attributeOf(element, 'start-value') ?? 1) || 0,
    letterSync: attributeOf(element, 'num-letter-sync') === 'true',
  };
}

function readPosition(properties: XmlElement | undefined): string | undefined {
  const value = attributeOf(properties, 'text-position')?.trim().split(/\s/)[0];
  if (value === undefined) return undefined;
  if (value === 'super' || value === 'sub') return value;
  const percent = Number.parseFloat(value);
  return percent > 0 ? 'super' : percent < 0 ? 'sub' : 'none';
}

/** Styles of an OpenDocument file: what is hidden, raised, numbered. */
export class OdfStyles {
  private readonly styles = new Map<string, OdfStyle>();
  private readonly lists = new Map<string, OdfListStyle>();
  private readonly hidden = new Set<string>();
  /** Numbers of headings that are in no list. */
  outline: OdfListStyle = new Map();

  /** Adds the styles below an element: "styles", "automatic-styles" or a whole part. */
  add(root: XmlElement | undefined): void {
    for (const style of findAll(root, 'style')) this.addStyle(style);
    for (const list of findAll(root, 'list-style')) {
      this.lists.set(attributeOf(list, 'name') ?? '', this.readLevels(list));
    }
    const outline = findAll(root, 'outline-style')[0];
    if (outline) this.outline = this.readLevels(outline);
  }

  listOf(name: string | undefined): OdfListStyle | undefined {
    return name === undefined ? undefined : this.lists.get(name);
  }

  /** True if a paragraph style takes its paragraphs out of every list. */
  isOutOfList(style: string | undefined): boolean {
    for (const { list } of this.chain(style)) if (list !== undefined) return list === '';
    return false;
  }

  /** True for hidden tables, sheets, sections and slides. */
  isHidden(style: string | undefined): boolean {
    return style !== undefined && this.hidden.has(style);
  }

  formatOf(style: string | undefined): OdfFormat {
    let isHidden: boolean | undefined;
    let position: string | undefined;
    let strike: string | undefined;
    for (const at of this.chain(style)) {
      isHidden ??= at.isHidden;
      position ??= at.position;
      strike ??= at.strike;
    }
    return {
      isHidden: isHidden === true,
      position: position === 'super' || position === 'sub' ? position : undefined,
      isStruck: strike !== undefined && strike !== 'none',
    };
  }

  private addStyle(style: XmlElement): void {
    const family = attributeOf(style, 'family');
    const name = attributeOf(style, 'name') ?? '';
    const isInvisible =
      attributeOf(childOf(style, 'table-properties'), 'display') === 'false' ||
      attributeOf(childOf(style, 'drawing-page-properties'), 'visibility') === 'hidden' ||
      attributeOf(childOf(style, 'section-properties'), 'display') === 'none';
    if (isInvisible) this.hidden.add(name);
    if (family !== 'text' && family !== 'paragraph') return;
    const properties = childOf(style, 'text-properties');
    const display = attributeOf(properties, 'display');
    this.styles.set(name, {
      parent: attributeOf(style, 'parent-style-name'),
      list: attributeOf(style, 'list-style-name'),
      position: readPosition(properties),
      strike: attributeOf(properties, 'text-line-through-style'),
      isHidden: display === undefined ? undefined : display === 'none',
    });
  }

  private readLevels(list: XmlElement): OdfListStyle {
    return new Map(
      childrenOf(list).map((level) => [Number(attributeOf(level, 'level') ?? 1) || 1, readLevel(level)] as const),
    );
  }

  private *chain(name: string | undefined): Generator<OdfStyle> {
    let at = name;
    for (let steps = 0; at !== undefined && steps < 20; steps++) {
      const style = this.styles.get(at);
      if (!style) return;
      yield style;
      at = style.parent;
    }
  }
}
