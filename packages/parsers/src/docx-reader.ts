import type { BlockPlace, DocumentBuilder } from './document-builder.ts';
import type { DocxNumbering } from './docx-numbering.ts';
import type { DocxStyles } from './docx-styles.ts';
import { isOn } from './office-package.ts';
import { attributeOf, childOf, childrenOf, type XmlElement } from './xml.ts';

/** Elements without document text: formatting, deleted text, field codes, the fallback for old programs. */
const IGNORED = new Set(
  'pPr rPr tblPr tblGrid trPr tcPr sectPr del moveFrom instrText delText delInstrText Fallback fldData proofErr'.split(
    ' ',
  ),
);

interface Inline {
  text: string;
  /** Text boxes, added after the paragraph that anchors them. */
  boxes: XmlElement[];
}

/** Converts the elements of a Word story (body, footnote, header ...) to blocks. */
export class DocxReader {
  private readonly document: DocumentBuilder;
  private readonly styles: DocxStyles;
  private readonly numbering: DocxNumbering;

  constructor(document: DocumentBuilder, styles: DocxStyles, numbering: DocxNumbering) {
    this.document = document;
    this.styles = styles;
    this.numbering = numbering;
  }

  addBlock(element: XmlElement): void {
    if (IGNORED.has(element.name)) return;
    if (element.name === 'p') this.addParagraph(element);
    else if (element.name === 'tbl') this.addTable(element);
    else for (const child of childrenOf(element)) this.addBlock(child);
  }

  /** Returns all text of an element on one line, for notes, comments, headers and cells. */
  readLine(element: XmlElement): string {
    const inline: Inline = { text: '', boxes: [] };
    const visit = (at: XmlElement) => {
      for (const child of childrenOf(at)) {
        if (IGNORED.has(child.name)) continue;
        if (child.name === 'p') {
          if (inline.text !== '') inline.text += ' ';
          this.collect(child, inline);
        } else visit(child);
      }
    };
    visit(element);
    for (const box of inline.boxes) inline.text += ` ${this.readLine(box)}`;
    return inline.text.replace(/\s+/g, ' ');
  }

  private addParagraph(paragraph: XmlElement): void {
    const inline: Inline = { text: '', boxes: [] };
    this.collect(paragraph, inline);
    const properties = childOf(paragraph, 'pPr');
    const style = attributeOf(childOf(properties, 'pStyle'), 'val');
    const outline = attributeOf(childOf(properties, 'outlineLvl'), 'val');
    const level =
      this.styles.headingLevel(style) ??
      (outline !== undefined && Number(outline) < 9 ? Number(outline) + 1 : undefined);
    if (inline.text.trim() !== '') {
      const mark = this.readMark(properties, style);
      if (level !== undefined) this.document.add('heading', (mark ?? '') + inline.text, { level });
      else if (mark !== undefined) this.document.add('list-item', mark + inline.text);
      else this.document.add(this.styles.isQuote(style) ? 'quote' : 'paragraph', inline.text);
    }
    for (const box of inline.boxes) for (const child of childrenOf(box)) this.addBlock(child);
  }

  private readMark(properties: XmlElement | undefined, style: string | undefined): string | undefined {
    const direct = childOf(properties, 'numPr');
    const list = direct ? attributeOf(childOf(direct, 'numId'), 'val') : this.styles.numberingOf(style);
    if (list === undefined || list === '0') return undefined;
    return this.numbering.nextMark(list, Number(attributeOf(childOf(direct, 'ilvl'), 'val') ?? 0) || 0);
  }

  private collect(element: XmlElement, inline: Inline): void {
    for (const child of element.children) {
      if (typeof child === 'string') {
        if (element.name === 't') inline.text += child;
        continue;
      }
      if (IGNORED.has(child.name)) continue;
      switch (child.name) {
        case 'tab':
        case 'ptab':
          inline.text += '\t';
          break;
        case 'br':
        case 'cr':
          inline.text += '\n';
          break;
        case 'noBreakHyphen':
          inline.text += '-';
          break;
        case 'sym':
          break;
        case 'footnoteReference':
        case 'endnoteReference':
          inline.text += `[${child.name === 'endnoteReference' ? 'e' : ''}${attributeOf(child, 'id') ?? ''}]`;
          break;
        case 'txbxContent':
          inline.boxes.push(child);
          break;
        case 'r':
          if (!isOn(childOf(child, 'rPr', 'vanish'))) this.collect(child, inline);
          break;
        default:
          this.collect(child, inline);
      }
    }
  }

  private addTable(table: XmlElement, place?: BlockPlace): void {
    for (const row of findUnwrapped(table, 'tr')) {
      if (childOf(row, 'trPr', 'del')) continue;
      const cells = findUnwrapped(row, 'tc');
      const only = cells.length === 1 ? cells[0] : undefined;
      // A table with one cell is a frame around ordinary text.
      if (only) for (const child of childrenOf(only)) this.addBlock(child);
      else
        this.document.addRow(
          cells.map((cell) => this.readLine(cell)),
          place,
        );
    }
  }
}

/** Returns the children with that name, including those in content controls and tracked changes. */
function findUnwrapped(element: XmlElement, name: string): XmlElement[] {
  const found: XmlElement[] = [];
  for (const child of childrenOf(element)) {
    if (child.name === name) found.push(child);
    else if (/^(sdt|sdtContent|customXml|ins|smartTag|moveTo)$/.test(child.name))
      found.push(...findUnwrapped(child, name));
  }
  return found;
}
