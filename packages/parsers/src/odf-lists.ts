import { countLevel, formatMark, type OdfCounters } from './odf-numbering.ts';
import type { OdfListStyle, OdfStyles } from './odf-styles.ts';
import { attributeOf, childrenOf, type XmlElement } from './xml.ts';

interface OpenList {
  style: OdfListStyle | undefined;
  counters: OdfCounters;
  depth: number;
}

/** Receives the elements of a list; `mark` is set for the paragraph that has the number. */
type AddElement = (element: XmlElement, mark: string | undefined, list: OpenList) => void;

/** Numbers the items of lists and the headings of the outline. */
export class OdfLists {
  private readonly styles: OdfStyles;
  private readonly byId = new Map<string, OdfCounters>();
  private last: { style: string; counters: OdfCounters } | undefined;
  private readonly outline: OdfCounters = [];

  constructor(styles: OdfStyles) {
    this.styles = styles;
  }

  /** Visits the elements of a list in order. A nested list continues the counters of its parent. */
  addList(list: XmlElement, parent: OpenList | undefined, add: AddElement): void {
    const name = attributeOf(list, 'style-name');
    const open: OpenList = {
      style: this.styles.listOf(name) ?? parent?.style,
      counters: parent?.counters ?? this.findCounters(list, name),
      depth: (parent?.depth ?? 0) + 1,
    };
    for (const item of childrenOf(list)) {
      let needsMark = item.name === 'list-item';
      const start = attributeOf(item, 'start-value');
      for (const child of childrenOf(item)) {
        if (child.name === 'list') this.addList(child, open, add);
        else if (needsMark && (child.name === 'p' || child.name === 'h')) {
          needsMark = false;
          add(child, this.nextMark(open, start === undefined ? undefined : Number(start)), open);
        } else add(child, undefined, open);
      }
    }
  }

  /** Returns the number of a heading that is in no list. */
  markHeading(heading: XmlElement): string {
    const depth = Number(attributeOf(heading, 'outline-level') ?? 1) || 1;
    const style = this.styles.outline;
    if (style.size === 0 || attributeOf(heading, 'is-list-header') === 'true') return '';
    if (this.styles.isOutOfList(attributeOf(heading, 'style-name'))) return '';
    const isRestarted = attributeOf(heading, 'restart-numbering') === 'true';
    const start = attributeOf(heading, 'start-value');
    countLevel(this.outline, style, depth, isRestarted ? Number(start ?? 1) : undefined);
    const mark = formatMark(this.outline, style, depth);
    return mark === '- ' ? '' : mark;
  }

  private findCounters(list: XmlElement, name: string | undefined): OdfCounters {
    const continued = attributeOf(list, 'continue-list');
    // "continue-numbering" goes on with the list before it, if that has the same style.
    const isContinued = attributeOf(list, 'continue-numbering') === 'true' && this.last?.style === (name ?? '');
    const counters =
      (continued === undefined ? undefined : this.byId.get(continued)) ??
      (isContinued ? this.last?.counters : undefined) ??
      [];
    const id = attributeOf(list, 'id');
    if (id) this.byId.set(id, counters);
    this.last = { style: name ?? '', counters };
    return counters;
  }

  private nextMark({ style, counters, depth }: OpenList, start: number | undefined): string {
    if (!style) return '- ';
    countLevel(counters, style, depth, start);
    return formatMark(counters, style, depth);
  }
}
