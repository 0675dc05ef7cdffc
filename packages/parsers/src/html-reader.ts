import { squeezeText } from './clean-text.ts';
import type { BlockKind, DocumentBuilder } from './document-builder.ts';
import { addHtmlBlock, type HtmlBlock, textBlock } from './html-block.ts';
import { describeInput, HtmlSelects } from './html-form.ts';
import { setBoldHeadings } from './html-headings.ts';
import { InlineText } from './html-inline.ts';
import { formatMarker, type HtmlList, openList } from './html-list.ts';
import { HtmlRegions } from './html-regions.ts';
import { SkippedElements } from './html-skipped.ts';
import { HtmlTable } from './html-table.ts';
import { isHidden, SKIPPED } from './html-visibility.ts';
import { MathCollector } from './mathml.ts';

const BLOCKS = new Set(
  'p div section article main header footer aside address figure figcaption dl dt dd form fieldset legend details summary body center hr ul ol menu table caption thead tbody tfoot blockquote nav search hgroup svg text'.split(
    ' ',
  ),
);

export interface HtmlOptions {
  /** Menus, banners and footers are stored but not searched. */
  excludeNavigation: boolean;
  keepMetadata?: boolean;
}

/**
 * Converts the events of an HTML tokenizer to blocks. Uses flat state instead of a tree, so nesting depth costs
 * nothing.
 */
export class HtmlReader {
  private readonly document: DocumentBuilder;
  private readonly keepMetadata: boolean;
  private readonly regions: HtmlRegions;
  private readonly blocks: HtmlBlock[] = [];
  private inline = new InlineText();
  private kind: BlockKind = 'paragraph';
  private level: number | undefined;
  private readonly skipped = new SkippedElements();
  private inTitle = false;
  private title = '';
  private preDepth = 0;
  private quoteDepth = 0;
  private svgDepth = 0;
  private linkDepth = 0;
  private readonly lists: HtmlList[] = [];
  private marker = '';
  private readonly tables: HtmlTable[] = [];
  private readonly selects = new HtmlSelects();
  private math: MathCollector | undefined;

  constructor(document: DocumentBuilder, options: HtmlOptions) {
    this.document = document;
    this.keepMetadata = options.keepMetadata ?? false;
    this.regions = new HtmlRegions(options.excludeNavigation, this.keepMetadata);
  }

  open(name: string, attributes: Record<string, string>): void {
    if (this.skipped.isInside) this.skipped.open(name, BLOCKS.has(name));
    else if (this.math) this.math.open(name, attributes);
    else if (SKIPPED.has(name) || isHidden(name, attributes)) {
      if (this.skipped.enter(name, attributes)) this.append(' ');
    } else if (name === 'math') this.math = new MathCollector();
    else if (name === 'select' || this.selects.isInside) this.selects.open(name, attributes);
    else if (this.inline.enter(name, attributes)) this.linkDepth += name === 'a' ? 1 : 0;
    else this.openElement(name, attributes);
  }

  close(name: string): void {
    if (this.skipped.isInside) this.skipped.close(name);
    else if (this.math && name !== 'math') this.math.close();
    else if (this.math) {
      this.append(` ${this.math.finish()} `);
      this.math = undefined;
    } else if (this.selects.isInside) {
      if (name === 'select') this.append(` ${this.selects.close()} `);
    } else this.closeElement(name);
  }

  text(text: string): void {
    if (this.inTitle) this.title += text;
    else if (this.skipped.isInside) this.skipped.text(text);
    else if (this.math) this.math.text(text);
    else if (this.selects.isInside) this.selects.text(text);
    else this.append(this.preDepth > 0 ? text : text.replace(/\s+/g, ' '));
  }

  finish(): void {
    if (this.selects.isInside) this.append(` ${this.selects.close()} `);
    while (this.tables.length > 0) this.closeTable();
    this.flush();
    this.regions.finish(this.blocks);
    if (this.keepMetadata) setBoldHeadings(this.blocks);
    for (const block of this.blocks) addHtmlBlock(this.document, block);
    this.warn();
    const title = squeezeText(this.title);
    if (this.keepMetadata && title) this.document.title = title;
  }

  private warn(): void {
    const excluded = this.blocks.filter(({ excluded: reason }) => reason === 'navigation').length;
    if (excluded > 0)
      this.document.warn(`Menus, banners and footers (${countParts(excluded)}) are stored but not searched.`);
    const hidden = this.skipped.texts.length;
    if (hidden > 0) this.document.warn(`Hidden text (${countParts(hidden)}) was left out.`);
    this.selects.warn(this.document);
  }

  private append(text: string): void {
    this.inline.append(text);
    this.regions.count(text, this.linkDepth > 0);
  }

  private openElement(name: string, attributes: Record<string, string>): void {
    if (name === 'svg') this.svgDepth++;
    if (name === 'title' || name === 'meta') this.readHead(name, attributes);
    else if (name === 'br') this.append(this.preDepth > 0 || !this.cell ? '\n' : ' ');
    else if (name === 'pre' || name === 'textarea') {
      this.flush();
      this.preDepth++;
    } else if (/^h[1-6]$/.test(name)) {
      this.flush();
      this.kind = 'heading';
      this.level = Number(name[1]);
    } else if (name === 'li') this.openItem(attributes);
    else if (name === 'tr') {
      this.closeRow();
      this.tables.at(-1)?.openRow();
    } else if (name === 'td' || name === 'th') this.openCell(name, attributes);
    else if (BLOCKS.has(name)) this.openBlock(name, attributes);
    else if ((name === 'img' || name === 'area') && attributes.alt) this.append(` ${attributes.alt} `);
    else if (name === 'input') this.append(describeInput(attributes));
    else if (name === 'option' || name === 'button') this.append(' ');
  }

  private closeElement(name: string): void {
    if (name === 'title') {
      this.inTitle = false;
      if (this.svgDepth > 0) this.flush();
    } else if (name === 'pre' || name === 'textarea') {
      this.flush();
      this.preDepth = Math.max(0, this.preDepth - 1);
    } else if (/^h[1-6]$/.test(name) || name === 'li') this.flush();
    else if (name === 'td' || name === 'th') this.closeCell();
    else if (name === 'tr') this.closeRow();
    else if (BLOCKS.has(name)) {
      this.flush();
      if (name === 'table') this.closeTable();
      if (name === 'svg') this.svgDepth--;
      if (name === 'ul' || name === 'ol' || name === 'menu') this.lists.pop();
      if (name === 'blockquote') this.quoteDepth = Math.max(0, this.quoteDepth - 1);
      this.regions.close(name, this.blocks);
    } else {
      if (name === 'a') this.linkDepth = Math.max(0, this.linkDepth - 1);
      this.inline.leave(name);
    }
  }

  private get cell() {
    return this.tables.at(-1)?.cell;
  }

  private readHead(name: string, attributes: Record<string, string>): void {
    if (name === 'title') {
      if (this.svgDepth > 0) this.flush();
      else this.inTitle = this.title === '';
      return;
    }
    if (!this.keepMetadata) return;
    const key = (attributes.name ?? attributes.property ?? '').toLowerCase();
    const known = { author: 'author', description: 'description', keywords: 'keywords', date: 'date' }[key];
    const published = key === 'article:published_time' ? 'date' : known;
    if (published) this.document.describe(published, attributes.content);
  }

  private openBlock(name: string, attributes: Record<string, string>): void {
    this.flush();
    this.regions.open(name, attributes, this.blocks.length);
    if (name === 'ul' || name === 'ol' || name === 'menu') {
      this.lists.push(openList(name, attributes));
    } else if (name === 'blockquote') this.quoteDepth++;
    else if (name === 'table') this.tables.push(new HtmlTable(attributes));
  }

  private openItem(attributes: Record<string, string>): void {
    this.flush();
    this.marker = formatMarker(this.lists[this.lists.length - 1], attributes.value);
    this.kind = 'list-item';
  }

  private openCell(name: string, attributes: Record<string, string>): void {
    this.closeCell();
    if (this.tables.length === 0) this.tables.push(new HtmlTable({}));
    this.tables.at(-1)?.openCell(name === 'th', attributes);
  }

  private closeCell(): void {
    this.flush();
    const table = this.tables.at(-1);
    if (table) table.cell = undefined;
  }

  private closeRow(): void {
    this.closeCell();
    const table = this.tables.at(-1);
    const blocks = table?.closeRow() ?? [];
    // A table in a cell is part of that cell.
    const outer = this.tables.at(-2)?.cell;
    for (const block of blocks) (outer?.blocks ?? this.blocks).push(block);
  }

  private closeTable(): void {
    this.closeRow();
    this.tables.pop();
  }

  private flush(): void {
    const { isBold } = this.inline;
    const raw = this.inline.take();
    const { kind, level, marker } = this;
    if (raw.trim() === '') {
      if (kind === 'heading') this.kind = 'paragraph';
      return;
    }
    this.kind = 'paragraph';
    this.level = undefined;
    this.marker = '';
    if (this.preDepth > 0) {
      this.add({ kind: 'code', text: raw });
      return;
    }
    const isQuote = kind === 'paragraph' && this.quoteDepth > 0;
    this.add(
      textBlock(raw, { kind: isQuote ? 'quote' : kind, marker, isBold, ...(level === undefined ? {} : { level }) }),
    );
  }

  private add(block: HtmlBlock): void {
    (this.cell?.blocks ?? this.blocks).push(block);
  }
}

function countParts(count: number): string {
  return count === 1 ? '1 part' : `${count} parts`;
}
