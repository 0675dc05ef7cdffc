import { formatTarget } from './docx-fields.ts';
import { readFieldMark } from './odf-forms.ts';
import type { OdfStyles } from './odf-styles.ts';
import { markLowered, markRaised, markStruck, resolveRaised } from './raised-marks.ts';
import { attributeOf, childOf, childrenOf, findAll, textOf, type XmlElement } from './xml.ts';

/** Text of a paragraph. Notes become marks; comments and frames are collected separately. */
export interface OdfInline {
  text: string;
  frames: XmlElement[];
}

/** Parts of the file that paragraphs refer to. */
export interface OdfParts {
  /** Returns the formula in an embedded object as LaTeX. */
  readFormula(frame: XmlElement): string | undefined;
  /** Form controls by id. */
  controls: Map<string, string>;
}

/** Reads the text of OpenDocument paragraphs: spans, links, notes, fields, pictures. */
export class OdfInlineReader {
  readonly notes: string[] = [];
  hiddenParagraphs = 0;
  private readonly styles: OdfStyles;
  private readonly parts: OdfParts;
  private hasHidden = false;

  constructor(styles: OdfStyles, parts: OdfParts) {
    this.styles = styles;
    this.parts = parts;
  }

  readParagraph(element: XmlElement): OdfInline {
    const inline: OdfInline = { text: '', frames: [] };
    this.hasHidden = false;
    this.collectStyled(element, inline);
    if (this.hasHidden) this.hiddenParagraphs++;
    inline.text = resolveRaised(inline.text);
    return inline;
  }

  /** Returns "Comment by Ann: text". */
  readComment(annotation: XmlElement): string | undefined {
    const author = textOf(childOf(annotation, 'creator'));
    const text = findAll(annotation, 'p').map(textOf).join(' ');
    return text.trim() ? `Comment${author ? ` by ${author}` : ''}: ${text}` : undefined;
  }

  private collectStyled(element: XmlElement, inline: OdfInline): void {
    const style = attributeOf(element, 'style-name');
    const format = style === undefined ? undefined : this.styles.formatOf(style);
    if (format?.isHidden) {
      this.hasHidden ||= textOf(element).trim() !== '';
      return;
    }
    if (format?.position === undefined && !format?.isStruck) {
      this.collect(element, inline);
      return;
    }
    const inner: OdfInline = { text: '', frames: inline.frames };
    this.collect(element, inner);
    const { position } = format;
    const { text } = inner;
    const placed = position === 'super' ? markRaised(text) : position === 'sub' ? markLowered(text) : text;
    inline.text += format.isStruck ? markStruck(placed) : placed;
  }

  private collect(element: XmlElement, inline: OdfInline): void {
    for (const child of element.children) {
      if (typeof child === 'string') inline.text += child.replace(/\s+/g, ' ');
      else this.collectElement(child, inline);
    }
  }

  private collectElement(child: XmlElement, inline: OdfInline): void {
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
      case 'note':
        this.addNote(child, inline);
        break;
      case 'annotation': {
        const comment = this.readComment(child);
        if (comment) this.notes.push(comment);
        break;
      }
      case 'a':
        this.collectLink(child, inline);
        break;
      case 'ruby':
        this.collectRuby(child, inline);
        break;
      case 'control':
        inline.text += this.parts.controls.get(attributeOf(child, 'control') ?? '') ?? '';
        this.parts.controls.delete(attributeOf(child, 'control') ?? '');
        break;
      case 'fieldmark':
      case 'fieldmark-start':
        inline.text += readFieldMark(child) ?? '';
        this.collect(child, inline);
        break;
      case 'frame': {
        const formula = this.parts.readFormula(child);
        if (formula === undefined) inline.frames.push(child);
        else inline.text += formula;
        break;
      }
      case 'custom-shape':
      case 'g':
      case 'rect':
      case 'ellipse':
      case 'line':
      case 'connector':
      case 'caption':
        inline.frames.push(child);
        break;
      case 'annotation-end':
      case 'change':
      case 'hidden-text':
      case 'soft-page-break':
      case 'param':
      case 'label':
        break;
      default:
        this.collectStyled(child, inline);
    }
  }

  private addNote(note: XmlElement, inline: OdfInline): void {
    const mark = textOf(childOf(note, 'note-citation')).trim();
    const body = childrenOf(childOf(note, 'note-body'))
      .map((paragraph) => resolveRaised(this.readNested(paragraph)))
      .join(' ');
    inline.text += mark ? `[${mark}]` : '';
    this.notes.push(mark ? `[${mark}] ${body}` : body);
  }

  private readNested(paragraph: XmlElement): string {
    const inner: OdfInline = { text: '', frames: [] };
    this.collectStyled(paragraph, inner);
    return inner.text;
  }

  private collectLink(link: XmlElement, inline: OdfInline): void {
    const start = inline.text.length;
    this.collectStyled(link, inline);
    const target = attributeOf(link, 'href');
    if (target) inline.text += formatTarget(target, inline.text.slice(start));
  }

  private collectRuby(ruby: XmlElement, inline: OdfInline): void {
    const base = childOf(ruby, 'ruby-base');
    if (base) this.collectStyled(base, inline);
    const reading = textOf(childOf(ruby, 'ruby-text')).trim();
    if (reading) inline.text += `(${reading})`;
  }
}
