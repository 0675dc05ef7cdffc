import { DocxFields, formatTarget, readLinkCode } from './docx-fields.ts';
import type { DocxStyles, RunFormat } from './docx-styles.ts';
import { isOn } from './office-package.ts';
import { readOmml } from './omml.ts';
import { markLowered, markRaised, markStruck, resolveRaised } from './raised-marks.ts';
import { readSymbol, readSymbols } from './symbol-fonts.ts';
import { attributeOf, childOf, childrenOf, findAll, textOf, type XmlElement } from './xml.ts';

/** Elements without document text: formatting, deleted text, the fallback for old programs. */
export const IGNORED = new Set(
  'pPr rPr tblPr tblGrid trPr tcPr sectPr sdtPr moveFrom delText delInstrText Fallback fldData ffData proofErr softHyphen annotationRef footnoteRef endnoteRef separator continuationSeparator pgNum'.split(
    ' ',
  ),
);

export interface Inline {
  text: string;
  /** Text boxes, added after the paragraph that anchors them. */
  boxes: XmlElement[];
  /** Properties and style of the paragraph. */
  properties?: XmlElement | undefined;
  style?: string | undefined;
}

const PLAIN: RunFormat = { hidden: false, position: undefined, font: undefined };

/** Reads the text of Word paragraphs: runs, fields, links, symbols, formulas and pictures. */
export class DocxInlineReader {
  /** Targets of links by the relationship of the current part. */
  links: ReadonlyMap<string, string> = new Map();
  hiddenParagraphs = 0;
  deletions = 0;
  whiteParagraphs = 0;
  readonly unknownSymbols = new Set<string>();
  /** Marks of notes by their kind and id, counted in the order of their references as Word shows them. */
  readonly noteMarks = { footnote: new Map<string, string>(), endnote: new Map<string, string>() };
  private readonly fields = new DocxFields();
  private readonly styles: DocxStyles;
  private hasHidden = false;
  private hasWhite = false;
  private paragraphStyle: string | undefined;

  constructor(styles: DocxStyles) {
    this.styles = styles;
  }

  readParagraph(paragraph: XmlElement, isShaded: boolean): Inline {
    const properties = childOf(paragraph, 'pPr');
    const style = properties && attributeOf(childOf(properties, 'pStyle'), 'val');
    const inline: Inline = { text: '', boxes: [], properties, style };
    this.paragraphStyle = style;
    this.hasHidden = this.hasWhite = false;
    this.collect(paragraph, inline, PLAIN);
    this.fields.endParagraph();
    if (this.hasHidden) this.hiddenParagraphs++;
    if (this.hasWhite && !isShaded && !childOf(properties, 'shd')) this.whiteParagraphs++;
    inline.text = resolveRaised(inline.text);
    return inline;
  }

  private add(inline: Inline, text: string, format: RunFormat): void {
    if (text === '' || this.fields.hidesText) return;
    if (format.position === 'superscript') inline.text += markRaised(text);
    else if (format.position === 'subscript') inline.text += markLowered(text);
    else inline.text += text;
  }

  private collect(element: XmlElement, inline: Inline, format: RunFormat): void {
    for (const child of childrenOf(element)) {
      if (child.name === 'del') {
        if (findAll(child, 'r').length > 0) this.deletions++;
      } else if (!IGNORED.has(child.name)) this.collectElement(child, inline, format);
    }
  }

  private collectElement(child: XmlElement, inline: Inline, format: RunFormat): void {
    switch (child.name) {
      case 't':
        this.add(inline, readSymbols(textOf(child), format.font), format);
        break;
      case 'r':
        this.collectRun(child, inline);
        break;
      case 'tab':
      case 'ptab':
        this.add(inline, '\t', PLAIN);
        break;
      case 'br':
      case 'cr':
        this.add(inline, '\n', PLAIN);
        break;
      case 'noBreakHyphen':
        this.add(inline, '-', format);
        break;
      case 'sym':
        this.addSymbol(child, inline, format);
        break;
      case 'instrText':
        this.fields.addCode(textOf(child));
        break;
      case 'fldChar':
        inline.text += this.fields.mark(child, inline.text);
        break;
      case 'fldSimple':
        this.collectLink(child, inline, readLinkCode(attributeOf(child, 'instr') ?? ''));
        break;
      case 'hyperlink':
        this.collectLink(child, inline, this.links.get(relationOf(child)));
        break;
      case 'footnoteReference':
      case 'endnoteReference':
        this.addNoteMark(child, inline);
        break;
      case 'txbxContent':
        inline.boxes.push(child);
        break;
      case 'oMath':
        this.add(inline, readOmml(child), PLAIN);
        break;
      case 'ruby':
        this.collectRuby(child, inline, format);
        break;
      case 'docPr':
        this.addDescription(attributeOf(child, 'descr') ?? attributeOf(child, 'title'), inline);
        break;
      case 'shape':
        this.addDescription(child.attributes.alt, inline);
        this.collect(child, inline, format);
        break;
      default:
        this.collect(child, inline, format);
    }
  }

  private collectRun(run: XmlElement, inline: Inline): void {
    const properties = childOf(run, 'rPr');
    const format = this.styles.formatOf(properties, this.paragraphStyle);
    if (format.hidden) {
      this.hasHidden ||= findAll(run, 't').some((text) => textOf(text).trim() !== '');
      // The characters of fields count even where they are hidden.
      for (const child of childrenOf(run)) {
        if (child.name === 'fldChar' || child.name === 'instrText') this.collectElement(child, inline, format);
      }
      return;
    }
    const color = properties && childOf(properties, 'color');
    if (color && /^f{6}$/i.test(attributeOf(color, 'val') ?? '')) {
      this.hasWhite ||=
        !childOf(properties, 'shd') && !childOf(properties, 'highlight') && childOf(run, 't') !== undefined;
    }
    const start = inline.text.length;
    this.collect(run, inline, format);
    const isStruck = isOn(childOf(properties, 'strike')) || isOn(childOf(properties, 'dstrike'));
    if (isStruck) inline.text = inline.text.slice(0, start) + markStruck(inline.text.slice(start));
  }

  private collectLink(element: XmlElement, inline: Inline, target: string | undefined): void {
    const start = inline.text.length;
    this.collect(element, inline, PLAIN);
    if (target && !this.fields.hidesText) inline.text += formatTarget(target, inline.text.slice(start));
  }

  private collectRuby(ruby: XmlElement, inline: Inline, format: RunFormat): void {
    const base = childOf(ruby, 'rubyBase');
    const reading = childOf(ruby, 'rt');
    if (base) this.collect(base, inline, format);
    const above: Inline = { text: '', boxes: [] };
    if (reading) this.collect(reading, above, PLAIN);
    if (above.text.trim()) this.add(inline, `(${above.text.trim()})`, PLAIN);
  }

  private addNoteMark(reference: XmlElement, inline: Inline): void {
    // The text after the reference is its mark.
    if (/^(1|true|on)$/.test(attributeOf(reference, 'customMarkFollows') ?? '')) return;
    const kind = reference.name === 'endnoteReference' ? 'endnote' : 'footnote';
    const id = attributeOf(reference, 'id') ?? '';
    const marks = this.noteMarks[kind];
    const mark = marks.get(id) ?? `[${kind === 'endnote' ? 'e' : ''}${marks.size + 1}]`;
    marks.set(id, mark);
    this.add(inline, mark, PLAIN);
  }

  private addSymbol(element: XmlElement, inline: Inline, format: RunFormat): void {
    const font = attributeOf(element, 'font') ?? '';
    const code = Number.parseInt(attributeOf(element, 'char') ?? '', 16);
    const text = Number.isNaN(code) ? undefined : readSymbol(font, code);
    if (text === undefined) this.unknownSymbols.add(`${font} ${attributeOf(element, 'char') ?? ''}`);
    else this.add(inline, text, format);
  }

  private addDescription(description: string | undefined, inline: Inline): void {
    const text = description?.replace(/\s+/g, ' ').trim();
    if (text) this.add(inline, ` [Image: ${text}] `, PLAIN);
  }
}

/** "id" also exists as an attribute without prefix. The relation is the one with a prefix. */
function relationOf(element: XmlElement): string {
  const key = Object.keys(element.attributes).find((name) => name.endsWith(':id')) ?? '';
  return element.attributes[key] ?? '';
}
