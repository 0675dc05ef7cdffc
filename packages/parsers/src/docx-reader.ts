import type { BlockPlace, DocumentBuilder } from './document-builder.ts';
import { DocxInlineReader, IGNORED, type Inline } from './docx-inline.ts';
import type { DocxNumbering } from './docx-numbering.ts';
import type { DocxStyles } from './docx-styles.ts';
import { joinSigns } from './join-signs.ts';
import { isOn } from './office-package.ts';
import { type GridCell, TableGrid } from './table-grid.ts';
import { attributeOf, childOf, childrenOf, type XmlElement } from './xml.ts';

/** Converts the elements of a Word story (body, footnote, header ...) to blocks. */
export class DocxReader {
  readonly inline: DocxInlineReader;
  private readonly document: DocumentBuilder;
  private readonly styles: DocxStyles;
  private readonly numbering: DocxNumbering;

  constructor(document: DocumentBuilder, styles: DocxStyles, numbering: DocxNumbering) {
    this.document = document;
    this.styles = styles;
    this.numbering = numbering;
    this.inline = new DocxInlineReader(styles);
  }

  addBlock(element: XmlElement): void {
    if (IGNORED.has(element.name) || element.name === 'del') return;
    if (element.name === 'p') this.addParagraph(element);
    else if (element.name === 'tbl') this.addTable(element);
    else for (const child of childrenOf(element)) this.addBlock(child);
  }

  /** Returns all text of an element on one line, for notes, comments, headers and cells. */
  readLine(element: XmlElement, isShaded = false): string {
    const parts: string[] = [];
    const boxes: XmlElement[] = [];
    const visit = (at: XmlElement) => {
      for (const child of childrenOf(at)) {
        if (IGNORED.has(child.name) || child.name === 'del') continue;
        if (child.name === 'p') {
          const inline = this.inline.readParagraph(child, isShaded);
          const mark = this.readMark(inline);
          parts.push((mark === '- ' ? '' : (mark ?? '')) + inline.text);
          boxes.push(...inline.boxes);
        } else if (child.name === 'tbl') parts.push(this.readNestedTable(child));
        else visit(child);
      }
    };
    visit(element);
    for (const box of boxes) parts.push(this.readLine(box, true));
    return parts.join(' ').replace(/\s+/g, ' ');
  }

  /** Adds what reading left out, once for the whole document. */
  addWarnings(): void {
    const { hiddenParagraphs, deletions, whiteParagraphs, unknownSymbols } = this.inline;
    const count = (value: number, noun: string) => `${value} ${noun}${value === 1 ? '' : 's'}`;
    if (hiddenParagraphs > 0) {
      this.document.warn(
        `Hidden text left out of ${count(hiddenParagraphs, 'paragraph')}. Remove the hidden format to include it.`,
      );
    }
    if (deletions > 0) {
      this.document.warn(`${count(deletions, 'tracked deletion')} left out. Insertions are in the text.`);
    }
    if (whiteParagraphs > 0) {
      this.document.warn(
        `White text in ${count(whiteParagraphs, 'paragraph')}, which can't be seen on paper, is in the text.`,
      );
    }
    if (unknownSymbols.size > 0) {
      this.document.warn(`Symbols without a known meaning left out: ${[...unknownSymbols].slice(0, 10).join(', ')}.`);
    }
  }

  private addParagraph(paragraph: XmlElement): void {
    const inline = this.inline.readParagraph(paragraph, false);
    const { properties, style } = inline;
    const outline = properties && attributeOf(childOf(properties, 'outlineLvl'), 'val');
    const level =
      this.styles.headingLevel(style) ??
      (outline !== undefined && Number(outline) < 9 ? Number(outline) + 1 : undefined);
    const mark = this.readMark(inline);
    if (inline.text.trim() !== '') {
      if (level !== undefined)
        this.document.add('heading', (mark === '- ' ? '' : (mark ?? '')) + inline.text, { level });
      else if (mark !== undefined) this.document.add('list-item', mark + inline.text);
      else this.document.add(this.styles.isQuote(style) ? 'quote' : 'paragraph', inline.text);
    }
    for (const box of inline.boxes) for (const child of childrenOf(box)) this.addBlock(child);
  }

  /** Counts the paragraph, even an empty one, unless it is hidden or deleted together with its mark. */
  private readMark({ text, properties, style }: Inline): string | undefined {
    if (!properties) return undefined;
    const direct = childOf(properties, 'numPr');
    const inherited = this.styles.numberingOf(style);
    const list = attributeOf(childOf(direct, 'numId'), 'val') ?? inherited?.list;
    if (list === undefined || list === '0') return undefined;
    const own = childOf(properties, 'rPr');
    if (text.trim() === '' && (childOf(own, 'del') || isOn(childOf(own, 'vanish')))) return undefined;
    const linked = inherited && this.numbering.levelOfStyle(list, inherited.style);
    const depth = attributeOf(childOf(direct, 'ilvl'), 'val') ?? inherited?.level ?? linked ?? 0;
    return this.numbering.nextMark(list, Number(depth) || 0);
  }

  private addTable(table: XmlElement, place?: BlockPlace): void {
    const rows = findUnwrapped(table, 'tr').filter((row) => !childOf(row, 'trPr', 'del'));
    // A table with one column is a frame around ordinary text.
    if (rows.every((row) => findUnwrapped(row, 'tc').length <= 1)) {
      for (const row of rows) {
        for (const cell of findUnwrapped(row, 'tc')) for (const child of childrenOf(cell)) this.addBlock(child);
      }
      return;
    }
    const isShaded = childOf(table, 'tblPr', 'tblStyle') !== undefined;
    for (const row of this.readRows(rows, isShaded)) this.document.addRow(row, place);
  }

  private readNestedTable(table: XmlElement): string {
    const rows = findUnwrapped(table, 'tr').filter((row) => !childOf(row, 'trPr', 'del'));
    return this.readRows(rows, true)
      .map((cells) =>
        cells
          .map((cell) => cell.trim())
          .filter(Boolean)
          .join(' '),
      )
      .filter(Boolean)
      .join('; ');
  }

  private readRows(rows: readonly XmlElement[], isShaded: boolean): string[][] {
    const grid = new TableGrid();
    return rows.map((row) => {
      const properties = childOf(row, 'trPr');
      const skipped = Math.min(100, Number(attributeOf(childOf(properties, 'gridBefore'), 'val') ?? 0) || 0);
      const cells: GridCell[] = Array.from({ length: skipped }, () => ({ text: '' }));
      for (const cell of findUnwrapped(row, 'tc')) cells.push(this.readCell(cell, isShaded));
      return joinSigns(grid.place(cells, isOn(childOf(properties, 'tblHeader'))));
    });
  }

  private readCell(cell: XmlElement, isShaded: boolean): GridCell {
    const properties = childOf(cell, 'tcPr');
    const columns = Number(attributeOf(childOf(properties, 'gridSpan'), 'val') ?? 1) || 1;
    const merge = childOf(properties, 'vMerge');
    const text = this.readLine(cell, isShaded || childOf(properties, 'shd') !== undefined);
    if (!merge) return { text, columns };
    if (attributeOf(merge, 'val') === 'restart') return { text, columns, rows: Number.POSITIVE_INFINITY };
    return { text, columns, covered: 'above' };
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
