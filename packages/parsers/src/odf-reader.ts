import type { DocumentBuilder } from './document-builder.ts';
import { attributeOf, childOf, childrenOf, findAll, textOf, type XmlElement } from './xml.ts';

/** Text of a paragraph. Notes become marks; comments and frames are collected separately. */
interface Inline {
  text: string;
  frames: XmlElement[];
}

/** Converts the elements of an OpenDocument body to blocks. */
export class OdfReader {
  private readonly document: DocumentBuilder;
  private readonly notes: string[] = [];
  private page = 0;

  constructor(document: DocumentBuilder) {
    this.document = document;
  }

  addUnit(unit: XmlElement): void {
    if (unit.name === 'page') this.addPage(unit);
    else this.addBlock(unit);
  }

  /** Adds notes and comments at the end, as on paper. */
  finish(): void {
    if (this.page > 0) {
      this.document.pageCount = this.page;
      this.document.page = undefined;
    }
    for (const note of this.notes) this.document.add('paragraph', note);
  }

  private addPage(page: XmlElement): void {
    this.document.page = ++this.page;
    const frames = childrenOf(page).filter((frame) => frame.name !== 'notes');
    const isTitle = (frame: XmlElement) => attributeOf(frame, 'class') === 'title';
    for (const frame of frames.filter(isTitle)) {
      const text = findAll(frame, 'p').map((paragraph) => this.readInline(paragraph).text);
      this.document.add('heading', text.join(' '), { level: 2 });
    }
    for (const frame of frames) if (!isTitle(frame)) this.addBlock(frame);
    const notes = childOf(page, 'notes');
    if (!notes) return;
    this.document.section = 'Notes';
    for (const frame of childrenOf(notes)) if (attributeOf(frame, 'class') !== 'page') this.addBlock(frame);
    this.document.section = undefined;
  }

  private addBlock(element: XmlElement, listMarker?: string): void {
    switch (element.name) {
      case 'h':
      case 'p':
        this.addParagraph(element, listMarker);
        break;
      case 'list':
        for (const item of childrenOf(element)) for (const child of childrenOf(item)) this.addBlock(child, '- ');
        break;
      case 'table':
        this.addTable(element);
        break;
      case 'annotation':
        this.addComment(element);
        break;
      case 'tracked-changes':
      case 'forms':
      case 'sequence-decls':
      case 'variable-decls':
      case 'script':
      case 'event-listeners':
      case 'desc':
      case 'settings':
        break;
      default:
        for (const child of childrenOf(element)) this.addBlock(child, listMarker);
    }
  }

  private addParagraph(element: XmlElement, listMarker: string | undefined): void {
    const { text, frames } = this.readInline(element);
    if (element.name === 'h') {
      this.document.add('heading', text, { level: Number(attributeOf(element, 'outline-level')) || 1 });
    } else if (text.trim() !== '') {
      this.document.add(listMarker ? 'list-item' : 'paragraph', (listMarker ?? '') + text);
    }
    for (const frame of frames) this.addBlock(frame);
  }

  private addComment(annotation: XmlElement): void {
    const author = textOf(childOf(annotation, 'creator'));
    const text = findAll(annotation, 'p').map(textOf).join(' ');
    if (text.trim()) this.notes.push(`Comment${author ? ` by ${author}` : ''}: ${text}`);
  }

  private readInline(element: XmlElement): Inline {
    const inline: Inline = { text: '', frames: [] };
    this.collect(element, inline);
    return inline;
  }

  private collect(element: XmlElement, inline: Inline): void {
    for (const child of element.children) {
      if (typeof child === 'string') {
        inline.text += child.replace(/\s+/g, ' ');
        continue;
      }
      switch (child.name) {
        case 's':
          inline.text += ' '.repeat(Math.min(100, Number(attributeOf(child, 'c') ?? 1) || 1));
          break;
        case 'tab':
          inline.text += '\t';
          break;
        case 'line-break':
          inline.text += '\n';
          break;
        case 'note': {
          const mark = textOf(childOf(child, 'note-citation')).trim();
          const body = childrenOf(childOf(child, 'note-body')).map(textOf).join(' ');
          inline.text += mark ? `[${mark}]` : '';
          this.notes.push(mark ? `[${mark}] ${body}` : body);
          break;
        }
        case 'annotation':
          this.addComment(child);
          break;
        case 'frame':
        case 'custom-shape':
        case 'g':
          inline.frames.push(child);
          break;
        case 'annotation-end':
        case 'change':
          break;
        default:
          this.collect(child, inline);
      }
    }
  }

  private addTable(table: XmlElement): void {
    for (const child of childrenOf(table)) {
      if (child.name === 'table-row') this.addRow(child);
      else if (/^table-(rows|header-rows|row-group)$/.test(child.name)) this.addTable(child);
    }
  }

  private addRow(row: XmlElement): void {
    const cells: string[] = [];
    for (const cell of childrenOf(row)) {
      if (cell.name !== 'table-cell' && cell.name !== 'covered-table-cell') continue;
      const paragraphs = findAll(cell, 'p').concat(findAll(cell, 'h'));
      const text = paragraphs.map((paragraph) => this.readInline(paragraph).text).join(' ');
      const repeat = text ? Math.min(50, Number(attributeOf(cell, 'number-columns-repeated')) || 1) : 1;
      for (let index = 0; index < repeat; index++) cells.push(text);
    }
    this.document.addRow(cells);
  }
}
