import type { DocumentBuilder } from './document-builder.ts';
import { readForms } from './odf-forms.ts';
import { OdfInlineReader, type OdfParts } from './odf-inline.ts';
import { OdfLists } from './odf-lists.ts';
import { describeFrame, listRows, placeOf } from './odf-shapes.ts';
import type { OdfStyles } from './odf-styles.ts';
import { sortByReading } from './shape-order.ts';
import { type GridCell, TableGrid } from './table-grid.ts';
import { attributeOf, childOf, childrenOf, findAll, textOf, type XmlElement } from './xml.ts';

/** Returns the tree of an embedded object ("./Object 1"). */
export type OpenOdfObject = (href: string) => XmlElement | undefined;

/** Elements without text of the document. */
const IGNORED = new Set(
  'sequence-decls variable-decls user-field-decls script event-listeners settings title desc scripts font-face-decls automatic-styles tracked-changes forms soft-page-break'.split(
    ' ',
  ),
);
const MAX_COLUMNS = 16_384;
/** Half a centimeter: shapes whose tops differ by less are beside each other. */
const ROW_TOLERANCE_CM = 0.5;

/** Converts the elements of an OpenDocument body to blocks. */
export class OdfReader {
  readonly inline: OdfInlineReader;
  private readonly document: DocumentBuilder;
  private readonly styles: OdfStyles;
  private readonly lists: OdfLists;
  private readonly parts: OdfParts;
  private readonly openObject: OpenOdfObject;
  private page = 0;
  private deletions = 0;
  private readonly hiddenPages: number[] = [];
  private hiddenSections = 0;

  constructor(
    document: DocumentBuilder,
    styles: OdfStyles,
    openObject: OpenOdfObject,
    readFormula: OdfParts['readFormula'],
  ) {
    this.document = document;
    this.styles = styles;
    this.lists = new OdfLists(styles);
    this.openObject = openObject;
    this.parts = { readFormula, controls: new Map() };
    this.inline = new OdfInlineReader(styles, this.parts);
  }

  addUnit(unit: XmlElement): void {
    if (unit.name === 'page') this.addPage(unit);
    else if (unit.name === 'tracked-changes') this.deletions += findAll(unit, 'deletion').length;
    else if (unit.name === 'forms') for (const [id, text] of readForms(unit)) this.parts.controls.set(id, text);
    else this.addBlock(unit);
  }

  /** Adds notes and comments at the end, as on paper, and what was left out. */
  finish(): void {
    const { document } = this;
    if (this.page > 0) {
      document.pageCount = this.page;
      document.page = undefined;
    }
    for (const note of this.inline.notes) document.add('paragraph', note);
    for (const control of this.parts.controls.values()) document.add('paragraph', control);
    const hidden = this.inline.hiddenParagraphs + this.hiddenSections;
    if (hidden > 0)
      document.warn(`Hidden text left out of ${hidden} ${hidden === 1 ? 'place' : 'places'}. Show it to include it.`);
    if (this.deletions > 0) {
      const noun = this.deletions === 1 ? 'deletion' : 'deletions';
      document.warn(`${this.deletions} tracked ${noun} left out. Insertions are in the text.`);
    }
    if (this.hiddenPages.length > 0) {
      document.warn(`Hidden slides left out: ${this.hiddenPages.slice(0, 50).join(', ')}. Show them to include them.`);
    }
  }

  /** Returns the text of a cell on one line. */
  readCell(cell: XmlElement): string {
    const parts: string[] = [];
    const add = (element: XmlElement, mark?: string) => {
      if (element.name === 'p' || element.name === 'h') {
        const inline = this.inline.readParagraph(element);
        parts.push((mark && mark !== '- ' ? mark : '') + inline.text);
        for (const frame of inline.frames) parts.push(this.readFrame(frame));
      } else if (element.name === 'list') this.lists.addList(element, undefined, add);
      else if (element.name === 'table') parts.push(this.readNestedTable(element));
      else if (/^(frame|custom-shape|g|rect|ellipse)$/.test(element.name)) parts.push(this.readFrame(element));
      else if (element.name === 'section' || element.name === 'list-item')
        for (const child of childrenOf(element)) add(child);
    };
    for (const child of childrenOf(cell)) add(child);
    return parts
      .map((part) => part.trim())
      .filter(Boolean)
      .join(' ');
  }

  /** Returns the cells of a table row. Places of merged cells are listed. */
  readRowCells(row: XmlElement, read: (cell: XmlElement, column: number) => string): GridCell[] {
    const cells: GridCell[] = [];
    for (const cell of childrenOf(row)) {
      if (cell.name !== 'table-cell' && cell.name !== 'covered-table-cell') continue;
      const isCovered = cell.name === 'covered-table-cell';
      const text = isCovered ? '' : read(cell, cells.length);
      const repeat = Number(attributeOf(cell, 'number-columns-repeated') ?? 1) || 1;
      const place: GridCell = {
        text,
        columns: Number(attributeOf(cell, 'number-columns-spanned') ?? 1) || 1,
        rows: Number(attributeOf(cell, 'number-rows-spanned') ?? 1) || 1,
      };
      if (isCovered) place.covered = 'listed';
      for (let index = 0; index < repeat && cells.length < MAX_COLUMNS; index++) cells.push(place);
    }
    // Rows are filled with empty cells to the last possible column.
    while (cells.length > 0 && cells.at(-1)?.text === '' && !cells.at(-1)?.covered) cells.pop();
    return cells;
  }

  private addPage(page: XmlElement): void {
    this.document.page = ++this.page;
    if (this.styles.isHidden(attributeOf(page, 'style-name'))) {
      this.hiddenPages.push(this.page);
      return;
    }
    const frames = childrenOf(page).filter((frame) => frame.name !== 'notes');
    for (const forms of frames.filter((frame) => frame.name === 'forms')) this.addUnit(forms);
    const isTitle = (frame: XmlElement) => attributeOf(frame, 'class') === 'title';
    for (const frame of frames.filter(isTitle)) {
      const text = findAll(frame, 'p').map((paragraph) => this.inline.readParagraph(paragraph).text);
      this.document.add('heading', text.join(' '), { level: 2 });
    }
    const others = frames.filter((frame) => !isTitle(frame) && frame.name !== 'forms');
    for (const frame of sortByReading(others.map(placeOf), ROW_TOLERANCE_CM)) this.addBlock(frame);
    const notes = childOf(page, 'notes');
    if (!notes) return;
    this.document.section = 'Notes';
    for (const frame of childrenOf(notes)) if (attributeOf(frame, 'class') !== 'page') this.addBlock(frame);
    this.document.section = undefined;
  }

  private addBlock(element: XmlElement): void {
    if (IGNORED.has(element.name)) return;
    switch (element.name) {
      case 'h':
      case 'p':
        this.addParagraph(element, undefined);
        break;
      case 'list':
        this.lists.addList(element, undefined, (child, mark) => {
          if (child.name === 'p' || child.name === 'h') this.addParagraph(child, mark ?? '');
          else this.addBlock(child);
        });
        break;
      case 'table':
        this.addTable(element);
        break;
      case 'annotation': {
        const comment = this.inline.readComment(element);
        if (comment) this.inline.notes.push(comment);
        break;
      }
      case 'control':
        this.document.add('paragraph', this.inline.readParagraph({ ...element, children: [element] }).text);
        break;
      case 'section':
        if (this.isHiddenSection(element)) this.hiddenSections++;
        else for (const child of childrenOf(element)) this.addBlock(child);
        break;
      default:
        this.addFrame(element);
    }
  }

  private isHiddenSection(section: XmlElement): boolean {
    return attributeOf(section, 'display') === 'none' || this.styles.isHidden(attributeOf(section, 'style-name'));
  }

  /** `mark` is undefined outside lists and empty for further paragraphs of an item. */
  private addParagraph(element: XmlElement, mark: string | undefined): void {
    const { text, frames } = this.inline.readParagraph(element);
    if (element.name === 'h') {
      const number = mark === undefined ? this.lists.markHeading(element) : mark === '- ' ? '' : mark;
      if (text.trim() !== '') {
        this.document.add('heading', number + text, { level: Number(attributeOf(element, 'outline-level')) || 1 });
      }
    } else if (text.trim() !== '') this.document.add(mark ? 'list-item' : 'paragraph', (mark ?? '') + text);
    for (const frame of frames) this.addBlock(frame);
  }

  /** Adds a picture's description, a chart's data, and the text in a frame or shape. */
  private addFrame(frame: XmlElement): void {
    const description = describeFrame(frame);
    if (description) this.document.add('paragraph', description);
    const object = this.objectOf(frame);
    if (object) {
      const formula = this.parts.readFormula(frame);
      if (formula) this.document.add('paragraph', formula);
      else this.addChart(object);
      return;
    }
    for (const child of childrenOf(frame)) this.addBlock(child);
  }

  private objectOf(frame: XmlElement): XmlElement | undefined {
    const href = attributeOf(childOf(frame, 'object'), 'href');
    return href === undefined ? undefined : this.openObject(href);
  }

  private addChart(object: XmlElement): void {
    for (const title of [...findAll(object, 'title'), ...findAll(object, 'subtitle')]) {
      if (title.prefix === 'chart') this.document.add('paragraph', findAll(title, 'p').map(textOf).join(' '));
    }
    for (const table of findAll(object, 'table')) if (table.prefix === 'table') this.addTable(table);
  }

  private readFrame(frame: XmlElement): string {
    const texts = findAll(frame, 'p').map((paragraph) => this.inline.readParagraph(paragraph).text);
    return [describeFrame(frame), ...texts].filter(Boolean).join(' ');
  }

  private addTable(table: XmlElement): void {
    const grid = new TableGrid();
    for (const { row, isHeader } of listRows(table)) {
      this.document.addRow(
        grid.place(
          this.readRowCells(row, (cell) => this.readCell(cell)),
          isHeader,
        ),
      );
    }
  }

  private readNestedTable(table: XmlElement): string {
    return listRows(table)
      .map(({ row }) => this.readRowCells(row, (cell) => this.readCell(cell)).map(({ text }) => text.trim()))
      .map((cells) => cells.filter(Boolean).join(' '))
      .filter(Boolean)
      .join('; ');
  }
}
