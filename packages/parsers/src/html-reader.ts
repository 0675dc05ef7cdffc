import { squeezeText } from './clean-text.ts';
import type { BlockKind, DocumentBuilder } from './document-builder.ts';

const SKIPPED = new Set('script style noscript template svg canvas object iframe select datalist dialog'.split(' '));
const BLOCKS = new Set(
  'p div section article main header footer aside address figure figcaption dl dt dd form fieldset legend details summary body center hr ul ol menu table caption thead tbody tfoot blockquote nav search hgroup'.split(
    ' ',
  ),
);
const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));

interface Cell {
  lines: string[];
}

/**
 * Converts the events of an HTML tokenizer to blocks. Uses flat state instead of a tree, so nesting depth costs
 * nothing.
 */
export class HtmlReader {
  private readonly document: DocumentBuilder;
  private readonly skipNavigation: boolean;
  private readonly keepMetadata: boolean;
  private buffer = '';
  private kind: BlockKind = 'paragraph';
  private level: number | undefined;
  private skipTag = '';
  private skipDepth = 0;
  private inTitle = false;
  private title = '';
  private preDepth = 0;
  private quoteDepth = 0;
  private readonly lists: { ordered: boolean; next: number }[] = [];
  private marker = '';
  private row: Cell[] | undefined;
  private cell: Cell | undefined;

  constructor(document: DocumentBuilder, options: { skipNavigation: boolean; keepMetadata?: boolean }) {
    this.document = document;
    this.skipNavigation = options.skipNavigation;
    this.keepMetadata = options.keepMetadata ?? false;
  }

  open(name: string, attributes: Record<string, string>): void {
    if (this.skipTag) {
      if (name === this.skipTag) this.skipDepth++;
      return;
    }
    if (this.isSkipped(name, attributes)) {
      if (VOID.has(name)) return;
      this.buffer += ' ';
      this.skipTag = name;
      this.skipDepth = 1;
      return;
    }
    if (name === 'title' || name === 'meta') this.readHead(name, attributes);
    else if (name === 'br') this.buffer += this.preDepth > 0 || !this.cell ? '\n' : ' ';
    else if (name === 'pre' || name === 'textarea') {
      this.flush();
      this.preDepth++;
    } else if (/^h[1-6]$/.test(name)) {
      this.flush();
      this.kind = 'heading';
      this.level = Number(name[1]);
    } else if (name === 'li') this.openItem(attributes);
    else if (name === 'tr') this.openRow();
    else if (name === 'td' || name === 'th') this.openCell();
    else if (BLOCKS.has(name)) this.openBlock(name, attributes);
    else if (name === 'img' && attributes.alt && attributes.alt.length > 3) this.buffer += ` ${attributes.alt} `;
    else if (name === 'option' || name === 'button') this.buffer += ' ';
  }

  close(name: string): void {
    if (this.skipTag) {
      if (name === this.skipTag && --this.skipDepth === 0) this.skipTag = '';
      return;
    }
    if (name === 'title') this.inTitle = false;
    else if (name === 'pre' || name === 'textarea') {
      this.flush();
      this.preDepth = Math.max(0, this.preDepth - 1);
    } else if (/^h[1-6]$/.test(name) || name === 'li') this.flush();
    else if (name === 'td' || name === 'th') this.closeCell();
    else if (name === 'tr') this.closeRow();
    else if (BLOCKS.has(name)) {
      this.flush();
      if (name === 'table') this.closeRow();
      if (name === 'ul' || name === 'ol' || name === 'menu') this.lists.pop();
      if (name === 'blockquote') this.quoteDepth = Math.max(0, this.quoteDepth - 1);
    }
  }

  text(text: string): void {
    if (this.inTitle) this.title += text;
    else if (!this.skipTag) this.buffer += this.preDepth > 0 ? text : text.replace(/\s+/g, ' ');
  }

  finish(): void {
    this.closeRow();
    this.flush();
    const title = squeezeText(this.title);
    if (this.keepMetadata && title) this.document.title = title;
  }

  private isSkipped(name: string, attributes: Record<string, string>): boolean {
    if (SKIPPED.has(name)) return true;
    if (attributes.hidden !== undefined && name !== 'body' && attributes.hidden !== 'false') return true;
    if (/display\s*:\s*none/i.test(attributes.style ?? '') && this.skipNavigation) return true;
    if (!this.skipNavigation) return false;
    return name === 'nav' || attributes.role === 'navigation' || attributes.role === 'menu';
  }

  private readHead(name: string, attributes: Record<string, string>): void {
    if (name === 'title') {
      this.inTitle = this.title === '';
      return;
    }
    if (name !== 'meta' || !this.keepMetadata) return;
    const key = (attributes.name ?? attributes.property ?? '').toLowerCase();
    const known = { author: 'author', description: 'description', keywords: 'keywords', date: 'date' }[key];
    const published = key === 'article:published_time' ? 'date' : known;
    if (published) this.document.describe(published, attributes.content);
  }

  private openBlock(name: string, attributes: Record<string, string>): void {
    this.flush();
    if (name === 'ul' || name === 'ol' || name === 'menu') {
      this.lists.push({ ordered: name === 'ol', next: Number.parseInt(attributes.start ?? '1', 10) || 1 });
    } else if (name === 'blockquote') this.quoteDepth++;
    else if (name === 'table' && this.row) {
      // A table within a cell: the outer table is layout, and its row ends here.
      this.closeRow();
    }
  }

  private openItem(attributes: Record<string, string>): void {
    this.flush();
    const list = this.lists[this.lists.length - 1];
    if (list?.ordered) {
      list.next = Number.parseInt(attributes.value ?? '', 10) || list.next;
      this.marker = `${list.next++}. `;
    } else this.marker = '- ';
    this.kind = 'list-item';
  }

  private openRow(): void {
    this.closeRow();
    this.flush();
    this.row = [];
  }

  private openCell(): void {
    this.closeCell();
    this.row ??= [];
    this.cell = { lines: [] };
    this.row.push(this.cell);
  }

  private closeCell(): void {
    this.flush();
    this.cell = undefined;
  }

  private closeRow(): void {
    this.closeCell();
    const row = this.row;
    this.row = undefined;
    if (!row) return;
    const filled = row.filter((cell) => cell.lines.length > 0);
    const only = filled[0];
    // A table with one cell, or one filled cell with several paragraphs, is page layout.
    if (filled.length === 1 && only && (only.lines.length > 1 || row.length === 1)) {
      for (const line of only.lines) this.document.add('paragraph', line);
    } else this.document.addRow(row.map((cell) => cell.lines.join(' ')));
  }

  private flush(): void {
    const raw = this.buffer;
    const { kind, level, marker } = this;
    this.buffer = '';
    if (raw.trim() === '') {
      if (kind === 'heading') this.kind = 'paragraph';
      return;
    }
    this.kind = 'paragraph';
    this.level = undefined;
    this.marker = '';
    if (this.cell) {
      this.cell.lines.push(marker + squeezeText(raw));
      return;
    }
    if (this.preDepth > 0) {
      this.document.add('code', raw);
      return;
    }
    const text = raw.replace(/[^\S\n]+/g, ' ').trim();
    // Line ends in the text come only from <br>.
    const flat = text.replace(/(?<!\s)\s*\n\s*/g, kind === 'heading' ? ' ' : '\n');
    const place = level === undefined ? undefined : { level };
    this.document.add(kind === 'paragraph' && this.quoteDepth > 0 ? 'quote' : kind, marker + flat, place);
  }
}
